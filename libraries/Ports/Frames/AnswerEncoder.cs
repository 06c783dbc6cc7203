using System.Runtime.InteropServices;
using System.Text;

namespace DaprMoE.Ports;

/// <summary>Writes answers as frames: <see cref="Begin"/>, each row by <see cref="WriteRow"/>, <see cref="End"/>.</summary>
public readonly ref struct AnswerEncoder
{
    private readonly Span<byte> _frame;
    private readonly AnswerLayout _layout;
    private readonly int _hiddenSize;
    private readonly bool _lossy;

    private AnswerEncoder(Span<byte> frame, AnswerLayout layout, int hiddenSize, bool lossy)
    {
        _frame = frame;
        _layout = layout;
        _hiddenSize = hiddenSize;
        _lossy = lossy;
    }

    /// <summary>Bytes of an answer.</summary>
    /// <param name="message">Why a call was refused, cut after <see cref="FrameFormat.MaxMessageBytes"/>; empty when there is nothing to say.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="hiddenSize">Width of a row.</param>
    /// <param name="lossy">Whether rows are bf16.</param>
    public static int Measure(string message, int rows, int hiddenSize, bool lossy) =>
        checked((int)AnswerLayout.Of(MessageBytes(message), rows, hiddenSize, lossy).TotalBytes);

    /// <summary>Writes what stands before the rows.</summary>
    /// <param name="fields">What the answer says.</param>
    /// <param name="message">As it was measured.</param>
    /// <param name="rows">As they were measured.</param>
    /// <param name="hiddenSize">Width of a row.</param>
    /// <param name="lossy">Whether rows are bf16.</param>
    /// <param name="frame">Receives the frame; as long as <see cref="Measure"/> said.</param>
    public static AnswerEncoder Begin(AnswerFields fields, string message, int rows, int hiddenSize, bool lossy, Span<byte> frame)
    {
        int messageBytes = MessageBytes(message);
        AnswerLayout layout = AnswerLayout.Of(messageBytes, rows, hiddenSize, lossy);
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, layout.TotalBytes, nameof(frame));
        MemoryMarshal.Write(frame, Header(fields, messageBytes, rows, hiddenSize, lossy));
        WriteMessage(message, messageBytes, frame[layout.Message..(int)layout.Rows]);
        return new AnswerEncoder(frame, layout, hiddenSize, lossy);
    }

    /// <summary>Writes a row.</summary>
    public void WriteRow(int row, ReadOnlySpan<float> values)
    {
        int stride = FrameFormat.RowBytes(_hiddenSize, _lossy);
        RowBytes.Write(values, _frame.Slice((int)_layout.Rows + (row * stride), stride), _lossy);
    }

    /// <summary>Writes the checksum, when all rows are written.</summary>
    public void End() =>
        MemoryMarshal.Write(_frame[(int)_layout.Checksum..], FrameFormat.Checksum(_frame[..(int)_layout.Checksum]));

    /// <summary>A message that is too long is cut between characters.</summary>
    private static void WriteMessage(string message, int bytes, Span<byte> text)
    {
        int written = 0;
        if (bytes > 0)
        {
            Encoding.UTF8.GetEncoder().Convert(message, text[..bytes], flush: false, out _, out written, out _);
        }

        text[written..].Clear();
    }

    private static int MessageBytes(string message) => Math.Min(Encoding.UTF8.GetByteCount(message), FrameFormat.MaxMessageBytes);

    private static AnswerHeader Header(AnswerFields fields, int messageBytes, int rows, int hiddenSize, bool lossy) => new()
    {
        Frame = new FrameHeader
        {
            Magic = FrameFormat.Magic,
            Version = FrameFormat.Version,
            Kind = (byte)FrameKind.Answer,
            Flags = lossy ? FrameFormat.Lossy : (byte)0,
            Call = fields.Call,
            Incarnation = fields.Incarnation,
        },
        Outcome = (int)fields.Outcome,
        MessageBytes = messageBytes,
        ComputeUs = fields.Figures.ComputeUs,
        LoadUs = fields.Figures.LoadUs,
        ColdStarts = fields.Figures.ColdStarts,
        HiddenSize = hiddenSize,
        Rows = rows,
    };
}
