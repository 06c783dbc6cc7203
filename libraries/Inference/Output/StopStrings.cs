using System.Text;

namespace DaprMoE.Inference;

/// <summary>
/// Holds text back while it could still become a stop string, and cuts it before the one that is complete first (of those that
/// end together, the longest), so that the result does not depend on how the text comes in pieces.
/// </summary>
internal sealed class StopStrings(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop string came.</summary>
    public bool Hit { get; private set; }

    /// <summary>Takes new text and returns what can be let go.</summary>
    public string Append(string text)
    {
        if (stops.Count == 0)
        {
            return text;
        }

        _held.Append(text);
        string held = _held.ToString();
        int cut = FirstStop(held);
        if (cut >= 0)
        {
            Hit = true;
            _held.Clear();
            return held[..cut];
        }

        int free = held.Length - LongestBeginning(held);
        _held.Clear().Append(held, free, held.Length - free);
        return held[..free];
    }

    /// <summary>Lets go what was held back.</summary>
    public string Flush()
    {
        string held = _held.ToString();
        _held.Clear();
        return held;
    }

    private int FirstStop(string text)
    {
        int first = -1;
        int firstEnd = int.MaxValue;
        foreach (string stop in stops)
        {
            int at = text.IndexOf(stop, StringComparison.Ordinal);
            int end = at + stop.Length;
            if (at >= 0 && (end < firstEnd || (end == firstEnd && at < first)))
            {
                (first, firstEnd) = (at, end);
            }
        }

        return first;
    }

    /// <summary>Characters at the end of the text that begin some stop string.</summary>
    private int LongestBeginning(string text)
    {
        int longest = 0;
        foreach (string stop in stops)
        {
            for (int length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }
}
