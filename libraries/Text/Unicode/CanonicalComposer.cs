using System.Runtime.InteropServices;

namespace DaprMoE.Text.Unicode;

/// <summary>
/// Normalises one segment of text to form C and tells for each character of the result how it came about, which the tokenizer needs to
/// map tokens back to the text.
/// </summary>
internal sealed class CanonicalComposer
{
    private readonly List<int> _parts = [];
    private readonly List<Part> _decomposed = [];
    private readonly List<Part> _composed = [];

    /// <summary>The characters of the result of the last <see cref="Compose"/>.</summary>
    public IReadOnlyList<Part> Result => _composed;

    /// <summary>Normalises the code points of one segment; the result is in <see cref="Result"/>.</summary>
    public void Compose(List<int> segment)
    {
        Decompose(segment);
        SortMarks();
        Recompose();
    }

    private void Decompose(List<int> segment)
    {
        _decomposed.Clear();
        foreach (int codePoint in segment)
        {
            _parts.Clear();
            CanonicalMapping.Decompose(codePoint, _parts);
            for (int i = 0; i < _parts.Count; i++)
            {
                _decomposed.Add(new Part(_parts[i], i == 0 ? 0 : 1));
            }
        }
    }

    /// <summary>Puts each run of marks in the order of their combining classes, equal ones as they stand.</summary>
    private void SortMarks()
    {
        Span<Part> parts = CollectionsMarshal.AsSpan(_decomposed);
        for (int start = 0; start < parts.Length; start++)
        {
            int end = start;
            while (end < parts.Length && CanonicalMapping.CombiningClass(parts[end].CodePoint) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                Part[] marks = [.. parts[start..end].ToArray().OrderBy(part => CanonicalMapping.CombiningClass(part.CodePoint))];
                marks.CopyTo(parts[start..]);
            }

            start = Math.Max(start, end - 1);
        }
    }

    private void Recompose()
    {
        _composed.Clear();
        int starter = -1;
        int lastClass = -1;
        foreach (Part part in _decomposed)
        {
            int combiningClass = CanonicalMapping.CombiningClass(part.CodePoint);
            bool blocked = lastClass >= 0 && lastClass >= combiningClass;
            if (starter >= 0 && !blocked && CanonicalMapping.Compose(_composed[starter].CodePoint, part.CodePoint) is { } composite)
            {
                _composed[starter] = new Part(composite, _composed[starter].Inserted + part.Inserted - 1);
                continue;
            }

            if (combiningClass == 0)
            {
                starter = _composed.Count;
                lastClass = -1;
            }
            else
            {
                lastClass = combiningClass;
            }

            _composed.Add(part);
        }
    }

    /// <summary>
    /// A character of the result. <paramref name="Inserted"/> is 1 if it is additional, 0 if it stands for one character of the segment,
    /// and -n if it stands for that one and the n following ones.
    /// </summary>
    internal readonly record struct Part(int CodePoint, int Inserted);
}
