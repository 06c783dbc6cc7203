using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DaprMoE.Ports;

/// <summary>Writes the numbers of a binary document: little-endian, whole numbers in groups of seven bits.</summary>
internal sealed class DocumentWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public DocumentWriter(uint magic, byte format)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.GetSpan(sizeof(uint)), magic);
        _bytes.Advance(sizeof(uint));
        _bytes.Write([format]);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Whole(long value)
    {
        Span<byte> span = _bytes.GetSpan(10);
        int length = 0;
        ulong rest = checked((ulong)value);
        for (; rest >= 0x80; rest >>= 7)
        {
            span[length++] = (byte)(rest | 0x80);
        }

        span[length++] = (byte)rest;
        _bytes.Advance(length);
    }

    public void Wholes(ReadOnlySpan<int> values)
    {
        foreach (int value in values)
        {
            Whole(value);
        }
    }

    public void Floats(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
            _bytes.Advance(sizeof(float));
        }
    }

    public void Text(string value)
    {
        Whole(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    public void Blob(ReadOnlySpan<byte> value)
    {
        Whole(value.Length);
        _bytes.Write(value);
    }
}
