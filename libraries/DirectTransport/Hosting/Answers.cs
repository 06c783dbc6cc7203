using DaprMoE.Ports;

namespace DaprMoE.DirectTransport;

/// <summary>Answers that have no rows.</summary>
internal static class Answers
{
    /// <summary>Says why a call is not done.</summary>
    public static void Refuse(
        FrameSender sender, long call, ulong incarnation, CallOutcome outcome, string message, int hiddenSize, CallFigures figures = default)
    {
        FrameBuffer frame = FrameBuffer.Rent(AnswerEncoder.Measure(message, rows: 0, hiddenSize, lossy: false));
        AnswerFields fields = new(call, incarnation, outcome, figures);
        AnswerEncoder.Begin(fields, message, rows: 0, hiddenSize, lossy: false, frame.Span).End();
        sender.Send(frame);
    }
}
