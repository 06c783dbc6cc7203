using System.Text;

namespace DaprMoE.Text.Tokenization.Alignment;

/// <summary>Collects the changed form of a text together with what each unit stands for.</summary>
internal sealed class AlignedTextBuilder(AlignedText original, int capacity)
{
    /// <summary>How many units one step may add. Replacements in a file could double a text again and again.</summary>
    private const int MostAdded = 1 << 20;

    private char[] _units = new char[capacity];
    private SourceSpan[] _sources = original.Tracked ? new SourceSpan[capacity] : [];

    public AlignedTextBuilder(AlignedText original)
        : this(original, original.Length + 16)
    {
    }

    public int Length { get; private set; }

    /// <summary>Adds a stretch of the original as it is.</summary>
    public void AppendUnchanged(int start, int length)
    {
        Reserve(length);
        original.Characters.Slice(start, length).CopyTo(_units.AsSpan(Length));
        for (int i = 0; original.Tracked && i < length; i++)
        {
            _sources[Length + i] = original.SourceOf(start + i, 1);
        }

        Length += length;
    }

    /// <summary>Adds one unit.</summary>
    public void Append(char unit, SourceSpan source)
    {
        Reserve(1);
        _units[Length] = unit;
        if (original.Tracked)
        {
            _sources[Length] = source;
        }

        Length++;
    }

    /// <summary>Adds text, all of which stands for the same part of the original.</summary>
    public void Append(ReadOnlySpan<char> units, SourceSpan source)
    {
        foreach (char unit in units)
        {
            Append(unit, source);
        }
    }

    /// <summary>Adds one code point.</summary>
    public void Append(int codePoint, SourceSpan source)
    {
        Span<char> units = stackalloc char[2];
        Append(units[..new Rune(codePoint).EncodeToUtf16(units)], source);
    }

    public AlignedText Build() => new(
        _units.AsMemory(0, Length), original.Origin, original.Tracked ? _sources.AsSpan(0, Length).ToArray() : null, original.Tracked);

    private void Reserve(int count)
    {
        if (Length + count <= _units.Length)
        {
            return;
        }

        if (Length + count > original.Length + MostAdded)
        {
            throw new TokenizerException("text", string.Empty, $"a replacement makes it longer by more than {MostAdded} characters");
        }

        int size = Math.Max(Length + count, Math.Min(_units.Length * 2, original.Length + MostAdded));
        Array.Resize(ref _units, size);
        if (original.Tracked)
        {
            Array.Resize(ref _sources, size);
        }
    }
}
