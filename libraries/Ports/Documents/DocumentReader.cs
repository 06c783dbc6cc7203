using System.Buffers.Binary;
using System.Text;

namespace DaprMoE.Ports;

/// <summary>Reads what <see cref="DocumentWriter"/> wrote; nothing is allocated before it is known that its bytes are there.</summary>
internal ref struct DocumentReader
{
    private readonly string _name;
    private ReadOnlySpan<byte> _rest;

    /// <param name="name">Names the document in errors.</param>
    /// <param name="bytes">The document.</param>
    /// <param name="magic">What it has to begin with.</param>
    /// <param name="format">The only format that is read.</param>
    /// <exception cref="DocumentException">It begins otherwise.</exception>
    public DocumentReader(string name, ReadOnlySpan<byte> bytes, uint magic, byte format)
    {
        _name = name;
        _rest = bytes;
        ReadOnlySpan<byte> head = Take(sizeof(uint) + 1);
        if (BinaryPrimitives.ReadUInt32BigEndian(head) != magic)
        {
            throw new DocumentException($"{name} begins with {Convert.ToHexString(head)}, which is no {name} of DaprMoE; delete it.");
        }

        if (head[^1] != format)
        {
            throw new DocumentException(
                $"{name} has format {head[^1]}; this version reads format {format}. Delete it, or use the version that wrote it.");
        }
    }

    public long Whole(string what, long most)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = Take(1)[0];
            if (shift == 63 && part > 1)
            {
                throw Fault($"{what} of more than 64 bits");
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                break;
            }
        }

        return value <= (ulong)most ? (long)value : throw Fault($"{what} {value}; allowed: 0 … {most}");
    }

    public int Count(string what, int most) => (int)Whole(what, most);

    public int[] Wholes(string what, int count)
    {
        RequireLeft(count);
        int[] values = new int[count];
        foreach (ref int value in values.AsSpan())
        {
            value = Count(what, int.MaxValue);
        }

        return values;
    }

    /// <summary>Finite numbers of 0 or more.</summary>
    public float[] Floats(string what, int count)
    {
        ReadOnlySpan<byte> bytes = Take(checked(count * sizeof(float)));
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            float value = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
            values[i] = float.IsFinite(value) && value >= 0 ? value : throw Fault($"{what} {value}; allowed: a finite number, 0 or more");
        }

        return values;
    }

    public string Text(string what, int mostBytes)
    {
        ReadOnlySpan<byte> bytes = Take(Count(what, mostBytes));
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Fault($"{what} that is no UTF-8");
        }
    }

    public ReadOnlySpan<byte> Blob(string what, int most) => Take(Count(what, most));

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Fault($"{_rest.Length} bytes after its end");
        }
    }

    public readonly DocumentException Fault(string what) =>
        new($"{_name} has {what}. It is not used; delete it, and the next one replaces it.");

    private static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> Take(int count)
    {
        RequireLeft(count);
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private readonly void RequireLeft(int count)
    {
        if (count > _rest.Length)
        {
            throw Fault($"{_rest.Length} bytes where {count} should follow: it is cut off");
        }
    }
}
