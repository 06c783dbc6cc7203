using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Breaks a paragraph into lines of a width, at white space and after hyphens between letters.</summary>
internal sealed class WordWrap(int width, bool breaksLongWords, bool breaksOnHyphens)
{
    public IReadOnlyList<string> Wrap(string paragraph)
    {
        if (width <= 0)
        {
            throw new JinjaException($"wordwrap() needs a width above 0, not {width}");
        }

        Stack<string> chunks = new(Chunks(paragraph).Reverse());
        List<string> lines = [];
        while (chunks.Count > 0)
        {
            if (lines.Count > 0 && IsBlank(chunks.Peek()))
            {
                chunks.Pop();
                continue;
            }

            string line = TakeLine(chunks);
            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private string TakeLine(Stack<string> chunks)
    {
        List<string> line = [];
        int taken = 0;
        while (chunks.TryPeek(out string? chunk) && taken + CodePoints.Count(chunk) <= width)
        {
            taken += CodePoints.Count(chunk);
            line.Add(chunks.Pop());
        }

        if (chunks.TryPeek(out string? next) && CodePoints.Count(next) > width)
        {
            TakeLongWord(chunks, line, width - taken);
        }

        if (line.Count > 0 && IsBlank(line[^1]))
        {
            line.RemoveAt(line.Count - 1);
        }

        return string.Concat(line);
    }

    private void TakeLongWord(Stack<string> chunks, List<string> line, int space)
    {
        if (!breaksLongWords)
        {
            if (line.Count == 0)
            {
                line.Add(chunks.Pop());
            }

            return;
        }

        string word = chunks.Pop();
        int length = CodePoints.Count(word);
        int cut = CodePoints.UnitOf(word, Math.Max(space, line.Count == 0 ? 1 : 0), length);
        int hyphen = breaksOnHyphens ? word[..cut].LastIndexOf('-') : -1;
        cut = hyphen > 0 && word[..hyphen].Any(one => one != '-') ? hyphen + 1 : cut;
        line.Add(word[..cut]);
        chunks.Push(word[cut..]);
    }

    private static bool IsBlank(string chunk) => chunk.All(Formatting.WhiteSpace.Is);

    private IEnumerable<string> Chunks(string text)
    {
        int start = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || IsBoundary(text, i))
            {
                yield return text[start..i];
                start = i;
            }
        }
    }

    private bool IsBoundary(string text, int at)
    {
        bool blankBefore = Formatting.WhiteSpace.Is(text[at - 1]);
        if (blankBefore != Formatting.WhiteSpace.Is(text[at]))
        {
            return true;
        }

        bool hyphened = breaksOnHyphens && text[at - 1] == '-' && at >= 2 && at + 1 < text.Length;
        return hyphened && char.IsLetter(text[at - 2]) && char.IsLetter(text[at]) && char.IsLetter(text[at + 1]);
    }
}
