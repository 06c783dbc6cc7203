using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Breaks a paragraph into lines of a width, at white space and after hyphens between letters.</summary>
internal sealed class WordWrap(int width, bool breaksLongWords, bool breaksOnHyphens, Meter meter)
{
    public List<string> Wrap(string paragraph)
    {
        if (width <= 0)
        {
            throw new JinjaException($"wordwrap() needs a width above 0, not {width}");
        }

        Stack<Chunk> chunks = new(Chunks(paragraph).Reverse());
        List<string> lines = [];
        while (chunks.Count > 0)
        {
            meter.Items(1);
            if (lines.Count > 0 && chunks.Peek().IsBlank(paragraph))
            {
                chunks.Pop();
            }

            string line = TakeLine(paragraph, chunks);
            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private string TakeLine(string paragraph, Stack<Chunk> chunks)
    {
        List<Chunk> line = [];
        int taken = 0;
        while (chunks.TryPeek(out Chunk? chunk) && taken + chunk.Width <= width)
        {
            taken += chunk.Width;
            line.Add(chunks.Pop());
        }

        if (chunks.TryPeek(out Chunk? next) && next.Width > width)
        {
            TakeLongWord(paragraph, chunks, line, width - taken);
        }

        if (line.Count > 0 && line[^1].IsBlank(paragraph))
        {
            line.RemoveAt(line.Count - 1);
        }

        return line.Count == 0 ? "" : paragraph[line[0].Start..line[^1].End];
    }

    private void TakeLongWord(string paragraph, Stack<Chunk> chunks, List<Chunk> line, int space)
    {
        if (!breaksLongWords)
        {
            if (line.Count == 0)
            {
                line.Add(chunks.Pop());
            }

            return;
        }

        Chunk word = chunks.Pop();
        Chunk head = word.Head(paragraph, Math.Max(space, line.Count == 0 ? 1 : 0));
        int hyphen = breaksOnHyphens && space > 0 ? paragraph.LastIndexOf('-', Math.Max(head.End - 1, 0), head.End - head.Start) : -1;
        bool afterLetters = hyphen > head.Start && paragraph.AsSpan(head.Start, hyphen - head.Start).ContainsAnyExcept('-');
        head = afterLetters ? new Chunk(head.Start, hyphen + 1, CodePoints.Count(paragraph[head.Start..(hyphen + 1)])) : head;
        line.Add(head);
        chunks.Push(new Chunk(head.End, word.End, word.Width - head.Width));
    }

    private IEnumerable<Chunk> Chunks(string text)
    {
        int start = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || IsBoundary(text, i))
            {
                yield return new Chunk(start, i, CodePoints.Count(text[start..i]));
                start = i;
            }
        }
    }

    private bool IsBoundary(string text, int at)
    {
        if (WhiteSpace.Is(text[at - 1]) != WhiteSpace.Is(text[at]))
        {
            return true;
        }

        bool hyphened = breaksOnHyphens && text[at - 1] == '-' && at >= 2 && at + 1 < text.Length;
        return hyphened && char.IsLetter(text[at - 2]) && char.IsLetter(text[at]) && char.IsLetter(text[at + 1]);
    }

    /// <summary>A word or the white space between two: UTF-16 range and code points.</summary>
    private sealed record Chunk(int Start, int End, int Width)
    {
        public bool IsBlank(string text) => WhiteSpace.Is(text[Start]);

        public Chunk Head(string text, int codePoints)
        {
            int end = Start;
            for (int i = 0; i < codePoints; i++)
            {
                end += CodePoints.Width(text, end);
            }

            return new Chunk(Start, end, codePoints);
        }
    }
}
