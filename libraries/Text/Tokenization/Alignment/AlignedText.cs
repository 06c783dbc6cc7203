namespace DaprMoE.Text.Tokenization.Alignment;

/// <summary>
/// Text on its way through the pipeline, always well-formed UTF-16, that knows which part of the original text each of its units stands
/// for.
/// </summary>
/// <param name="text">The text as it is now.</param>
/// <param name="origin">Where it begins in the original text.</param>
/// <param name="sources">One entry per unit; null while the text is unchanged, so that unit i is unit origin + i of the original.</param>
/// <param name="tracked">Whether sources are wanted at all; without them steps that change the text need not record any.</param>
internal sealed class AlignedText(ReadOnlyMemory<char> text, int origin, SourceSpan[]? sources, bool tracked)
{
    public ReadOnlyMemory<char> Memory => text;

    public ReadOnlySpan<char> Characters => text.Span;

    public int Length => text.Length;

    public int Origin => origin;

    public bool Tracked => tracked;

    /// <summary>What a stretch of at least one unit stands for.</summary>
    public SourceSpan SourceOf(int start, int length)
    {
        if (sources is null)
        {
            return new SourceSpan(origin + start, origin + start + length);
        }

        return new SourceSpan(sources[start].Start, sources[start + length - 1].End);
    }

    public AlignedText Slice(int start, int length)
    {
        if (length == text.Length)
        {
            return this;
        }

        SourceSpan[]? part = sources?.AsSpan(start, length).ToArray();
        int begin = start == 0 ? origin : SourceOf(start, 1).Start;
        return new AlignedText(text.Slice(start, length), begin, part, tracked);
    }
}
