using System.IO.Hashing;
using System.Runtime.InteropServices;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Fuzz;

/// <summary>
/// Reads an input as a frame and uses all of it. The first byte chooses: a call or an answer, its own checksum or one that fits, since no
/// fuzzer finds one.
/// </summary>
internal static class FrameTarget
{
    public const byte Answer = 1;
    public const byte Sealed = 2;

    public const int Hidden = 8;
    public static readonly UInt128 Model = 0x1234;

    public static readonly FrameLimits Limits = new()
    {
        ExpertsPerLayer = [0, 8, 200],
        HiddenSize = Hidden,
        MaxTopK = 8,
        MaxRows = 64,
        Devices = 4,
    };

    private static readonly CallFrame Call = new(Limits, Model);
    private static readonly float[] Row = new float[Hidden];

    /// <summary>Throws for anything but a frame, or the one error that says why it is none.</summary>
    public static void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        byte[] frame = input[1..];
        if ((input[0] & Sealed) != 0 && frame.Length >= sizeof(ulong))
        {
            Span<byte> bytes = frame;
            MemoryMarshal.Write(bytes[^sizeof(ulong)..], XxHash3.HashToUInt64(bytes[..^sizeof(ulong)]));
        }

        try
        {
            if ((input[0] & Answer) != 0)
            {
                Use(AnswerFrame.Read(frame, Limits));
            }
            else
            {
                Call.Read(frame);
                Use(Call);
            }
        }
        catch (FrameException)
        {
            // The clear error.
        }
    }

    private static void Use(AnswerFrame answer)
    {
        for (int row = 0; row < answer.Rows; row++)
        {
            answer.CopyRow(row, Row);
        }

        Require(answer.Message.Length <= FrameFormat.MaxMessageBytes && answer.Fields.Outcome != CallOutcome.DeviceLost);
    }

    private static void Use(CallFrame call)
    {
        Require(call.Input.Length == call.Rows * Hidden && call.PairRows.Length == call.Pairs);
        int pair = 0;
        foreach (ReplicaGroup group in call.Groups)
        {
            Require(group.First == pair && group.Count > 0 && group.Expert < Limits.ExpertsPerLayer[call.Layer]);
            pair += group.Count;
        }

        Require(pair == call.Pairs);
        for (int i = 0; i < call.Pairs; i++)
        {
            Require(call.PairRows[i] >= 0 && call.PairRows[i] < call.Rows && call.Terms[i] < call.TopK);
        }
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A frame was read whose parts do not agree.");
        }
    }
}
