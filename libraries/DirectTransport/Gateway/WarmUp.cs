using System.Diagnostics;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.DirectTransport;

/// <summary>
/// Sends small echoes over a new stream before the first call does: the first thousands of frames take many times as long as later ones,
/// while both ends are compiled and their buffers grow.
/// </summary>
internal sealed class WarmUp(UInt128 model, FrameLimits limits, PendingCalls calls)
{
    private const int Rounds = 3;
    private const int EchoesPerRound = 1000;
    private const int MostRows = 16;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    // The runtime compiles what ran often once nothing new has run for 100 ms.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan EchoTimeout = TimeSpan.FromSeconds(2);

    // Below all numbers of the dispatcher's calls, and each used once.
    private static long _lastId;

    /// <summary>Warms a stream. Blocks: not for a thread of the pool.</summary>
    /// <exception cref="IOException">The host does not answer.</exception>
    public unsafe void Run(IDataStream stream, CancellationToken cancellationToken)
    {
        int layer = FirstMoeLayer();
        if (layer < 0)
        {
            return;
        }

        CallEncoder encoder = new(limits);
        float[] input = GC.AllocateArray<float>(Math.Min(limits.MaxRows, MostRows) * limits.HiddenSize, pinned: true);
        fixed (float* rows = input)
        {
            ExpertCall call = Call(layer, rows);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Rounds * EchoesPerRound && Stopwatch.GetElapsedTime(start) < MostTime; i++)
            {
                if (i > 0 && i % EchoesPerRound == 0)
                {
                    cancellationToken.WaitHandle.WaitOne(Pause);
                }

                cancellationToken.ThrowIfCancellationRequested();
                Echo(call, encoder, stream);
            }
        }
    }

    private void Echo(ExpertCall call, CallEncoder encoder, IDataStream stream)
    {
        call.Id = Interlocked.Decrement(ref _lastId);
        FrameBuffer frame = FrameBuffer.Rent(encoder.Measure(call));
        encoder.Write(call, new CallAddress(model, stream.Incarnation, Device: 0), FrameKind.Echo, frame.Span);
        calls.Begin(call.Id, stream, call.Timeout);
        stream.Send(frame);
        calls.Wait(call.Id, out FrameBuffer? answer, out bool lost);
        if (answer is null)
        {
            throw new IOException(lost ? "The stream ended while it was warmed." : "The host does not answer.");
        }

        AnswerFrame echo = AnswerFrame.Read(answer.Span, limits);
        CallOutcome outcome = echo.Fields.Outcome;
        string message = outcome == CallOutcome.Done ? "" : echo.Message;
        answer.Return();
        if (outcome != CallOutcome.Done)
        {
            throw new IOException($"The host answered {outcome}: {message}");
        }
    }

    private int FirstMoeLayer()
    {
        for (int layer = 0; layer < limits.ExpertsPerLayer.Count; layer++)
        {
            if (limits.ExpertsPerLayer[layer] > 0)
            {
                return layer;
            }
        }

        return -1;
    }

    /// <summary>Each row to the first experts of the layer.</summary>
    private unsafe ExpertCall Call(int layer, float* input)
    {
        int rows = Math.Min(limits.MaxRows, MostRows);
        int topK = Math.Min(limits.MaxTopK, limits.ExpertsPerLayer[layer]);
        LayerAssignments all = new(rows * topK)
        {
            Layer = layer,
            HiddenSize = limits.HiddenSize,
            TopK = topK,
            Count = rows * topK,
            InputRows = rows,
            Input = input,
        };
        ExpertCall call = new(device: 0, topK) { Assignments = all, Timeout = EchoTimeout };
        for (int expert = 0; expert < topK; expert++)
        {
            for (int row = 0; row < rows; row++)
            {
                all.Tokens[(expert * rows) + row] = row;
                all.Terms[(expert * rows) + row] = (byte)expert;
            }

            call.Add(new ReplicaGroup(expert, 0, expert * rows, rows));
        }

        return call;
    }
}
