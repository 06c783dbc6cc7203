using System.Text;

namespace DaprMoE.Ports;

/// <summary>An answer as a caller reads it: a view of its bytes.</summary>
public readonly ref struct AnswerFrame
{
    private readonly AnswerHeader _header;
    private readonly ReadOnlySpan<byte> _message;
    private readonly ReadOnlySpan<byte> _rows;

    private AnswerFrame(AnswerHeader header, ReadOnlySpan<byte> message, ReadOnlySpan<byte> rows)
    {
        _header = header;
        _message = message;
        _rows = rows;
    }

    /// <summary>What it says beside its rows.</summary>
    public AnswerFields Fields => new(
        _header.Frame.Call,
        _header.Frame.Incarnation,
        (CallOutcome)_header.Outcome,
        new CallFigures(_header.ComputeUs, _header.LoadUs, _header.ColdStarts));

    /// <summary>Why the call was refused; empty when there is nothing to say.</summary>
    public string Message => Encoding.UTF8.GetString(_message);

    /// <summary>Rows.</summary>
    public int Rows => _header.Rows;

    /// <summary>Reads a frame.</summary>
    /// <param name="frame">Its bytes.</param>
    /// <param name="limits">What a frame may hold.</param>
    /// <exception cref="FrameException">A field is out of its range, or the frame was damaged.</exception>
    public static AnswerFrame Read(ReadOnlySpan<byte> frame, FrameLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        AnswerHeader header = FrameReader.Header<AnswerHeader>(frame);
        FrameCheck.Equal("kind", header.Frame.Kind, (int)FrameKind.Answer);
        if (header.Outcome == (int)CallOutcome.DeviceLost)
        {
            FrameCheck.Refuse("outcome", header.Outcome, "those that a device can say");
        }

        FrameCheck.Range("outcome", header.Outcome, 0, (int)CallOutcome.Stale);
        FrameCheck.Range("message in bytes", header.MessageBytes, 0, FrameFormat.MaxMessageBytes);
        FrameCheck.Range("compute time in us", header.ComputeUs, 0, long.MaxValue);
        FrameCheck.Range("load time in us", header.LoadUs, 0, long.MaxValue);
        FrameCheck.Range("cold starts", header.ColdStarts, 0, int.MaxValue);
        FrameCheck.Equal("hidden size", header.HiddenSize, limits.HiddenSize);
        FrameCheck.Range("rows", header.Rows, 0, limits.MaxPairs);
        bool lossy = (header.Frame.Flags & FrameFormat.Lossy) != 0;
        AnswerLayout layout = AnswerLayout.Of(header.MessageBytes, header.Rows, limits.HiddenSize, lossy);
        FrameReader.CheckWhole(frame, layout.TotalBytes);
        return new AnswerFrame(
            header, frame.Slice(layout.Message, header.MessageBytes), frame[(int)layout.Rows..(int)layout.Checksum]);
    }

    /// <summary>Copies a row.</summary>
    public void CopyRow(int row, Span<float> values)
    {
        bool lossy = (_header.Frame.Flags & FrameFormat.Lossy) != 0;
        int stride = FrameFormat.RowBytes(_header.HiddenSize, lossy);
        RowBytes.Read(_rows.Slice(row * stride, stride), values, lossy);
    }
}
