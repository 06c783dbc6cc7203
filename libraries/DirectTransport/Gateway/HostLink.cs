using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Logging;

namespace DaprMoE.DirectTransport;

/// <summary>
/// The engine's end of one host: encodes calls, waits for answers, decodes them. It outlives the streams, which come and go with the host's
/// lives. <see cref="Start"/> and <see cref="Wait"/> are called by one thread.
/// </summary>
internal sealed partial class HostLink(string host, UInt128 model, FrameLimits limits, bool lossy, TimeProvider clock, ILogger logger)
{
    private readonly CallEncoder _encoder = new(limits, lossy);
    private readonly AnswerRows _answerRows = new();
    private volatile IDataStream? _stream;

    /// <summary>The calls that wait for answers.</summary>
    public PendingCalls Calls { get; } = new(clock);

    /// <summary>Sends calls over another stream from now on; null for none.</summary>
    public void Use(IDataStream? stream) => _stream = stream;

    /// <summary>Sends a call; without a stream it is lost at once, as <see cref="Wait"/> says.</summary>
    /// <param name="call">The call.</param>
    /// <param name="device">The device, numbered within the host.</param>
    /// <param name="kind">A call, or an echo.</param>
    public void Start(ExpertCall call, int device, FrameKind kind = FrameKind.Call)
    {
        if (_stream is not { } stream)
        {
            return;
        }

        FrameBuffer frame = FrameBuffer.Rent(_encoder.Measure(call));
        _encoder.Write(call, new CallAddress(model, stream.Incarnation, device), kind, frame.Span);
        Calls.Begin(call.Id, stream, call.Timeout);
        stream.Send(frame);
    }

    /// <summary>Waits for a call that was started.</summary>
    public CallOutcome Wait(ExpertCall call)
    {
        Calls.Wait(call.Id, out FrameBuffer? answer, out bool lost);
        if (answer is null)
        {
            return lost ? CallOutcome.DeviceLost : CallOutcome.TimedOut;
        }

        try
        {
            return Take(call, answer.Span);
        }
        catch (FrameException exception)
        {
            LogBadAnswer(host, exception.Message);
            return CallOutcome.DeviceLost;
        }
        finally
        {
            answer.Return();
        }
    }

    private CallOutcome Take(ExpertCall call, ReadOnlySpan<byte> bytes)
    {
        AnswerFrame answer = AnswerFrame.Read(bytes, limits);
        AnswerFields fields = answer.Fields;
        if (fields.Outcome != CallOutcome.Done)
        {
            LogNotDone(host, fields.Outcome, answer.Message);
            return fields.Outcome;
        }

        LayerAssignments all = call.Assignments;
        int expected = _answerRows.Divide(call.Groups, all.Tokens, all.Terms, all.InputRows, all.TopK, all.Covered);
        if (answer.Rows != expected)
        {
            throw new FrameException("rows", $"{answer.Rows}", $"{expected}, as the call has them");
        }

        CopyRows(call, in answer);
        call.Figures = fields.Figures;
        return CallOutcome.Done;
    }

    private static unsafe void CopyRows(ExpertCall call, in AnswerFrame answer)
    {
        LayerAssignments all = call.Assignments;
        ReadOnlySpan<byte> covered = all.Covered;
        int row = 0;
        foreach (ReplicaGroup group in call.Groups)
        {
            for (int pair = group.First; pair < group.First + group.Count; pair++)
            {
                if (covered[pair] != LayerAssignments.InAnother)
                {
                    answer.CopyRow(row++, new Span<float>(all.Output + ((long)pair * all.HiddenSize), all.HiddenSize));
                }
            }
        }
    }

    [LoggerMessage(EventIds.BadAnswer, LogLevel.Error, "Expert host {Host} sent an answer that can't be used: {Reason}")]
    private partial void LogBadAnswer(string host, string reason);

    [LoggerMessage(EventIds.CallNotDone, LogLevel.Warning, "Expert host {Host} did not do a call: {Outcome} {Reason}")]
    private partial void LogNotDone(string host, CallOutcome outcome, string reason);
}
