using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Logging;

namespace DaprMoE.DirectTransport;

/// <summary>
/// The engine's end of one host: encodes calls, waits for answers, decodes them. It outlives the streams, which come and go with the host's
/// lives. <see cref="Start"/> and <see cref="Wait"/> are called by one thread.
/// </summary>
internal sealed partial class HostLink(string host, UInt128 model, FrameLimits limits, bool lossy, TimeProvider clock, ILogger logger)
    : IFrameSource
{
    private readonly CallEncoder _encoder = new(limits, lossy);
    private readonly AnswerRows _answerRows = new();
    private readonly RepeatedWarning _notDone = new(clock);
    private readonly Dictionary<long, string> _unfit = [];
    private volatile IDataStream? _stream;
    private ExpertCall? _sent;
    private CallAddress _address;

    /// <summary>The calls that wait for answers.</summary>
    public PendingCalls Calls { get; } = new(clock);

    /// <summary>Sends calls over another stream from now on; null for none.</summary>
    public void Use(IDataStream? stream) => _stream = stream;

    /// <summary>Sends a call; without a stream it is lost at once, as <see cref="Wait"/> says.</summary>
    /// <param name="call">The call.</param>
    /// <param name="device">The device, numbered within the host.</param>
    public void Start(ExpertCall call, int device)
    {
        if (_stream is not { } stream)
        {
            return;
        }

        if (Measure(call) is not { } length)
        {
            return;
        }

        (_sent, _address) = (call, new CallAddress(model, stream.Incarnation, device));
        Calls.Begin(call.Id, stream, call.Timeout);
        stream.Send(FrameBuffer.Of(this, length));
    }

    /// <summary>Writes the call that is being started.</summary>
    void IFrameSource.WriteFrame(Span<byte> frame) => _encoder.Write(_sent!, _address, FrameKind.Call, frame);

    /// <summary>Waits for a call that was started.</summary>
    public CallOutcome Wait(ExpertCall call)
    {
        if (_unfit.Remove(call.Id, out string? reason))
        {
            return NotDone(CallOutcome.Refused, reason);
        }

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
            return NotDone(fields.Outcome, answer.Message);
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

    /// <summary>Bytes of the call's frame; null where it fits none, which <see cref="Wait"/> says.</summary>
    private int? Measure(ExpertCall call)
    {
        try
        {
            return _encoder.Measure(call);
        }
        catch (FrameException exception)
        {
            _unfit[call.Id] = exception.Message;
            return null;
        }
    }

    /// <summary>Says why, but not for each call: a host that refuses one often refuses all.</summary>
    private CallOutcome NotDone(CallOutcome outcome, string reason)
    {
        if (_notDone.MaySay(out long unsaid))
        {
            LogNotDone(host, outcome, reason, unsaid);
        }

        return outcome;
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

    [LoggerMessage(EventIds.CallNotDone, LogLevel.Warning, "Expert host {Host} did not do a call: {Outcome} {Reason} ({Unsaid} more since the last line)")]
    private partial void LogNotDone(string host, CallOutcome outcome, string reason, long unsaid);
}
