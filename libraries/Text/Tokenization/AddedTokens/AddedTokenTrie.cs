using System.Buffers;

namespace DaprMoE.Text.Tokenization.AddedTokens;

/// <summary>Finds the leftmost, and there the longest, of a set of contents.</summary>
internal sealed class AddedTokenTrie
{
    private readonly Node _root = new();
    private readonly SearchValues<char> _firstUnits;

    public AddedTokenTrie(IEnumerable<(string Content, AddedToken Token)> contents)
    {
        foreach ((string content, AddedToken token) in contents)
        {
            Node node = _root;
            foreach (char unit in content)
            {
                node = node.Children.TryGetValue(unit, out Node? child) ? child : node.Children[unit] = new Node();
            }

            node.Token = token;
        }

        _firstUnits = SearchValues.Create([.. _root.Children.Keys]);
    }

    /// <summary>The first match at or after a position; false if there is none.</summary>
    public bool TryFind(ReadOnlySpan<char> text, ref int start, out int length, out AddedToken? token)
    {
        for (; start < text.Length; start++)
        {
            int candidate = text[start..].IndexOfAny(_firstUnits);
            if (candidate < 0)
            {
                break;
            }

            start += candidate;
            if (TryMatch(text[start..], out length, out token))
            {
                return true;
            }
        }

        (length, token) = (0, null);
        return false;
    }

    private bool TryMatch(ReadOnlySpan<char> text, out int length, out AddedToken? token)
    {
        (length, token) = (0, null);
        Node node = _root;
        for (int i = 0; i < text.Length && node.Children.TryGetValue(text[i], out Node? child); i++)
        {
            node = child;
            if (node.Token is not null)
            {
                (length, token) = (i + 1, node.Token);
            }
        }

        return token is not null;
    }

    private sealed class Node
    {
        public Dictionary<char, Node> Children { get; } = [];

        public AddedToken? Token { get; set; }
    }
}
