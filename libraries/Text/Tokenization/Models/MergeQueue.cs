namespace DaprMoE.Text.Tokenization.Models;

/// <summary>A binary heap of joins: lowest rank first, among equal ranks the leftmost.</summary>
internal sealed class MergeQueue
{
    private ulong[] _keys = new ulong[64];
    private int _count;

    public void Clear() => _count = 0;

    public void Push(int rank, int position)
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
        }

        ulong key = ((ulong)(uint)rank << 32) | (uint)position;
        int index = _count++;
        while (index > 0 && _keys[(index - 1) / 2] > key)
        {
            _keys[index] = _keys[(index - 1) / 2];
            index = (index - 1) / 2;
        }

        _keys[index] = key;
    }

    public bool TryPop(out int rank, out int position)
    {
        if (_count == 0)
        {
            (rank, position) = (0, 0);
            return false;
        }

        (rank, position) = ((int)(_keys[0] >> 32), (int)_keys[0]);
        SiftDown(_keys[--_count]);
        return true;
    }

    private void SiftDown(ulong key)
    {
        int index = 0;
        for (int child = 1; child < _count; child = (2 * index) + 1)
        {
            if (child + 1 < _count && _keys[child + 1] < _keys[child])
            {
                child++;
            }

            if (_keys[child] >= key)
            {
                break;
            }

            _keys[index] = _keys[child];
            index = child;
        }

        _keys[index] = key;
    }
}
