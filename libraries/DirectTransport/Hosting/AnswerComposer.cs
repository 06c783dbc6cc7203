using DaprMoE.Ports;
using DaprMoE.Tensors;

namespace DaprMoE.DirectTransport;

/// <summary>
/// Makes answers of computed rows: terms that form a complete subtree of their token's tree are summed, so that one row goes back.
/// </summary>
internal sealed unsafe class AnswerComposer(HostDescription host, VectorMath math) : IFrameSource
{
    private readonly AnswerRows _rows = new();
    private readonly float[] _sum = new float[host.Limits.HiddenSize];
    private byte[] _covered = [];
    private CallFrame? _call;
    private ReadOnlyMemory<float> _output;
    private CallFigures _figures;
    private int _rowCount;

    /// <summary>The answer of a call that is done. It is written when it is sent, at once.</summary>
    /// <param name="call">The call.</param>
    /// <param name="output">The experts' rows, one per pair.</param>
    /// <param name="figures">What it cost.</param>
    public FrameBuffer Compose(CallFrame call, ReadOnlyMemory<float> output, CallFigures figures)
    {
        if (_covered.Length < call.Pairs)
        {
            _covered = new byte[call.Pairs];
        }

        (_call, _output, _figures) = (call, output, figures);
        _rowCount = _rows.Divide(call.Groups, call.PairRows, call.Terms, call.Rows, call.TopK, _covered);
        return FrameBuffer.Of(this, AnswerEncoder.Measure("", _rowCount, host.Limits.HiddenSize, call.Lossy));
    }

    void IFrameSource.WriteFrame(Span<byte> frame)
    {
        CallFrame call = _call!;
        ReadOnlySpan<float> output = _output.Span;
        int hidden = host.Limits.HiddenSize;
        AnswerFields fields = new(call.Call, host.Incarnation, CallOutcome.Done, _figures);
        AnswerEncoder encoder = AnswerEncoder.Begin(fields, "", _rowCount, hidden, call.Lossy, frame);
        int row = 0;
        for (int pair = 0; pair < call.Pairs; pair++)
        {
            if (_covered[pair] != LayerAssignments.InAnother)
            {
                encoder.WriteRow(row++, _covered[pair] == 0 ? output.Slice(pair * hidden, hidden) : Sum(call, pair, output));
            }
        }

        encoder.End();
    }

    private ReadOnlySpan<float> Sum(CallFrame call, int pair, ReadOnlySpan<float> output)
    {
        int* rows = stackalloc int[FrameFormat.MaxTopK];
        float* weights = stackalloc float[FrameFormat.MaxTopK];
        int count = _covered[pair];
        for (int i = 0; i < count; i++)
        {
            rows[i] = _rows.PairOf(call.PairRows[pair], call.Terms[pair] + i, call.TopK);
            weights[i] = call.Weights[rows[i]];
        }

        fixed (float* from = output)
        fixed (float* sum = _sum)
        {
            math.Combine(from, host.Limits.HiddenSize, rows, weights, count, sum, host.Limits.HiddenSize);
        }

        return _sum;
    }
}
