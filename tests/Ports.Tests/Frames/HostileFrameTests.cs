using System.IO.Hashing;
using System.Runtime.InteropServices;
using CsCheck;

namespace DaprMoE.Ports.Tests;

/// <summary>Whatever the bytes are, reading them ends in a frame whose parts agree, or in the one exception that names what is wrong.</summary>
public sealed class HostileFrameTests
{
    private const int Iterations = 20_000;

    // What a frame of the limits can make a reader allocate: its groups, its rows' terms, its rows as floats, each at most doubled.
    private const long MostAllocated = 64 << 10;

    private static readonly byte[][] Valid =
    [
        new TestCall(tokens: 0, topK: 2, _ => true).Encode(),
        new TestCall(tokens: 3, topK: 2, _ => true).Encode(),
        new TestCall(tokens: 16, topK: 4, expert => expert % 2 == 0).Encode(),
        new TestCall(tokens: 16, topK: 4, _ => true).Encode(FrameKind.Echo, lossy: true),
        Answer("", 5, lossy: false),
        Answer("refused", 2, lossy: true),
    ];

    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte.Array[0, 300],
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Select(Gen.Int[0, 2000], Gen.OneOf(Gen.Byte, Gen.OneOf(Gen.Const((byte)0), Gen.Const((byte)1), Gen.Const((byte)127), Gen.Const((byte)255)))).Array[0, 8], Gen.Int[-9, 9])
            .Select((which, edits, longer) => Mutated(Valid[which], edits, longer)));

    [Fact]
    public void Read_AnyBytes_IsAFrameOrOneError() =>
        Bytes.Sample(
            bytes =>
            {
                CallFrame call = new(TestCall.Limits, TestCall.Model);
                long before = GC.GetAllocatedBytesForCurrentThread();
                bool isCall = TryRead(() => call.Read(bytes));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
                if (isCall)
                {
                    AssertConsistent(call);
                }

                TryRead(() => Touch(AnswerFrame.Read(bytes, TestCall.Limits)));
            },
            iter: Iterations);

    [Fact]
    public void Read_MutatedFrames_AreReadWhereTheyAreValid() =>
        Assert.All(Valid, bytes => Assert.True(TryRead(() => new CallFrame(TestCall.Limits, TestCall.Model).Read(bytes))
            || TryRead(() => Touch(AnswerFrame.Read(bytes, TestCall.Limits)))));

    private static bool TryRead(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (FrameException exception)
        {
            Assert.NotEmpty(exception.Allowed);
            return false;
        }
    }

    private static void Touch(AnswerFrame answer)
    {
        float[] row = new float[TestCall.Hidden];
        for (int i = 0; i < answer.Rows; i++)
        {
            answer.CopyRow(i, row);
        }

        Assert.InRange(answer.Message.Length, 0, FrameFormat.MaxMessageBytes);
    }

    private static void AssertConsistent(CallFrame call)
    {
        Assert.Equal(call.Rows * TestCall.Hidden, call.Input.Length);
        Assert.Equal((call.Pairs, call.Pairs, call.Pairs), (call.PairRows.Length, call.Terms.Length, call.Weights.Length));
        Assert.Equal(call.Pairs, call.Groups.ToArray().Sum(group => group.Count));
        Assert.All(call.PairRows.ToArray(), row => Assert.InRange(row, 0, call.Rows - 1));
        Assert.All(call.Terms.ToArray(), term => Assert.InRange(term, 0, call.TopK - 1));
    }

    /// <summary>Half of the mutated frames get a checksum that fits, so that more than the checksum is tried.</summary>
    private static byte[] Mutated(byte[] frame, (int At, byte Value)[] edits, int longer)
    {
        byte[] bytes = new byte[Math.Max(0, frame.Length + (longer % 3 == 0 ? longer : 0))];
        frame.AsSpan(0, Math.Min(frame.Length, bytes.Length)).CopyTo(bytes);
        foreach ((int at, byte value) in edits.Where(_ => bytes.Length > 0))
        {
            // Headers decide most, so most edits are there.
            bytes[at % 3 == 0 ? at % bytes.Length : at % Math.Min(100, bytes.Length)] = value;
        }

        if (longer % 2 == 0 && bytes.Length >= 8)
        {
            MemoryMarshal.Write(bytes.AsSpan(bytes.Length - 8), XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8)));
        }

        return bytes;
    }

    private static byte[] Answer(string message, int rows, bool lossy)
    {
        byte[] bytes = new byte[AnswerEncoder.Measure(message, rows, TestCall.Hidden, lossy)];
        AnswerFields fields = new(1, 2, CallOutcome.Done, default);
        AnswerEncoder encoder = AnswerEncoder.Begin(fields, message, rows, TestCall.Hidden, lossy, bytes);
        for (int row = 0; row < rows; row++)
        {
            encoder.WriteRow(row, new float[TestCall.Hidden]);
        }

        encoder.End();
        return bytes;
    }
}
