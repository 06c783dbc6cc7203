using System.Text;

namespace DaprMoE.Ports.Tests;

public sealed class AnswerFrameTests
{
    private static readonly AnswerFields Fields = new(42, 77, CallOutcome.Done, new CallFigures(120, 30, 2));

    [Theory]
    [InlineData(0, "")]
    [InlineData(3, "")]
    [InlineData(0, "Device host-0-0 refuses it: NoRoom.")]
    public void Read_WrittenAnswer_HasItsFieldsMessageAndRows(int rows, string message)
    {
        byte[] bytes = Encode(Fields, message, rows);
        AnswerFrame answer = AnswerFrame.Read(bytes, TestCall.Limits);
        Assert.Equal(Fields, answer.Fields);
        Assert.Equal(message, answer.Message);
        Assert.Equal(rows, answer.Rows);
        float[] row = new float[TestCall.Hidden];
        for (int i = 0; i < rows; i++)
        {
            answer.CopyRow(i, row);
            Assert.Equal(Row(i), row);
        }
    }

    [Fact]
    public void Write_MessageTooLong_IsCutBetweenCharacters()
    {
        string message = string.Concat(Enumerable.Repeat("€", 1000));
        AnswerFrame answer = AnswerFrame.Read(Encode(Fields, message, 0), TestCall.Limits);
        string cut = answer.Message.TrimEnd('\0');
        Assert.StartsWith(cut, message, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(cut), FrameFormat.MaxMessageBytes - 4, FrameFormat.MaxMessageBytes);
    }

    [Fact]
    public void Read_DeviceLost_IsRefused() =>
        Assert.Equal("outcome", Refused(Encode(Fields with { Outcome = CallOutcome.DeviceLost }, "", 0)).Field);

    [Fact]
    public void Read_AnyBitFlipped_IsRefused()
    {
        byte[] bytes = Encode(Fields, "no", 2);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(damaged);
        }
    }

    [Fact]
    public void TryReadCall_NamesCallAndIncarnation()
    {
        Assert.True(FrameFormat.TryReadCall(Encode(Fields, "", 0), out long call, out ulong incarnation));
        Assert.Equal((42L, 77UL), (call, incarnation));
        Assert.False(FrameFormat.TryReadCall(new byte[8], out _, out _));
    }

    private static FrameException Refused(byte[] bytes) => Assert.Throws<FrameException>(() => AnswerFrame.Read(bytes, TestCall.Limits));

    private static float[] Row(int row) => [.. Enumerable.Range(0, TestCall.Hidden).Select(i => row + (i * 0.1f))];

    private static byte[] Encode(AnswerFields fields, string message, int rows)
    {
        byte[] bytes = new byte[AnswerEncoder.Measure(message, rows, TestCall.Hidden, lossy: false)];
        AnswerEncoder encoder = AnswerEncoder.Begin(fields, message, rows, TestCall.Hidden, lossy: false, bytes);
        for (int row = 0; row < rows; row++)
        {
            encoder.WriteRow(row, Row(row));
        }

        encoder.End();
        return bytes;
    }
}
