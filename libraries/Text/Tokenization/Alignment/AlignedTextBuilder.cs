using System.Buffers;

namespace DaprMoE.Text.Tokenization.Alignment;

/// <summary>Collects the changed form of a text together with what each unit stands for.</summary>
internal sealed class AlignedTextBuilder(AlignedText original)
{
    private readonly ArrayBufferWriter<char> _characters = new(original.Length + 16);
    private readonly List<SourceSpan>? _sources = original.Tracked ? new(original.Length + 16) : null;

    public int Length => _characters.WrittenCount;

    /// <summary>Adds a stretch of the original as it is.</summary>
    public void AppendUnchanged(int start, int length)
    {
        _characters.Write(original.Characters.Slice(start, length));
        for (int i = start; _sources is not null && i < start + length; i++)
        {
            _sources.Add(original.SourceOf(i, 1));
        }
    }

    /// <summary>Adds one unit.</summary>
    public void Append(char unit, SourceSpan source)
    {
        _characters.GetSpan(1)[0] = unit;
        _characters.Advance(1);
        _sources?.Add(source);
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
        Append(units[..new System.Text.Rune(codePoint).EncodeToUtf16(units)], source);
    }

    public AlignedText Build() => new(_characters.WrittenMemory, original.Origin, _sources?.ToArray(), original.Tracked);
}
