using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Operators;

/// <summary>Sorts by keys; items with equal keys keep their order, also when reversed.</summary>
internal static class StableSort
{
    public static List<Value> Sort(IReadOnlyList<Value> items, Func<Value, Value> key, Ordering ordering, bool reverse)
    {
        (Value Key, Value Item)[] pairs = [.. items.Select(item => (key(item), item))];
        Merge(pairs, new (Value Key, Value Item)[pairs.Length], 0, pairs.Length, ordering, reverse);
        return [.. pairs.Select(pair => pair.Item)];
    }

    private static void Merge(
        (Value Key, Value Item)[] pairs, (Value Key, Value Item)[] spare, int from, int to, Ordering ordering, bool reverse)
    {
        if (to - from < 2)
        {
            return;
        }

        int middle = (from + to) / 2;
        Merge(pairs, spare, from, middle, ordering, reverse);
        Merge(pairs, spare, middle, to, ordering, reverse);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++)
        {
            bool takeRight = left == middle || (right < to && Precedes(pairs[right].Key, pairs[left].Key, ordering, reverse));
            spare[i] = takeRight ? pairs[right++] : pairs[left++];
        }

        Array.Copy(spare, from, pairs, from, to - from);
    }

    private static bool Precedes(Value one, Value other, Ordering ordering, bool reverse) =>
        reverse ? ordering.IsLess(other, one) : ordering.IsLess(one, other);
}
