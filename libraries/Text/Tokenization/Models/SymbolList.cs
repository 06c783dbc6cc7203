namespace DaprMoE.Text.Tokenization.Models;

/// <summary>The symbols of one piece as a doubly linked list in an array; joining two of them keeps the left one's place.</summary>
internal sealed class SymbolList
{
    private const int End = -1;

    private Symbol[] _symbols = new Symbol[64];

    /// <summary>How many symbols have been added, joined ones included.</summary>
    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(int id, int length)
    {
        if (Count == _symbols.Length)
        {
            Array.Resize(ref _symbols, Count * 2);
        }

        if (Count > 0)
        {
            _symbols[Count - 1].Next = Count;
        }

        _symbols[Count] = new Symbol { Id = id, Length = length, Previous = Count - 1, Next = End, Rank = int.MaxValue };
        Count++;
    }

    public ref Symbol this[int index] => ref _symbols[index];

    /// <summary>Joins a symbol with the one after it.</summary>
    public void JoinWithNext(int index, int id)
    {
        ref Symbol left = ref _symbols[index];
        ref Symbol right = ref _symbols[left.Next];
        left.Id = id;
        left.Length += right.Length;
        left.Next = right.Next;
        right.Rank = int.MaxValue;
        if (left.Next != End)
        {
            _symbols[left.Next].Previous = index;
        }
    }

    internal struct Symbol
    {
        public int Id;

        public int Length;

        public int Previous;

        public int Next;

        /// <summary>The rank of the join with the next symbol; the greatest number if there is none.</summary>
        public int Rank;

        /// <summary>The token that this join makes.</summary>
        public int Joined;
    }
}
