using DaprMoE.Inference;

namespace DaprMoE.Residency.Benchmarks;

/// <summary>
/// Draws experts instead of those that the gate chose: random weights route evenly, and popularity is what is to be varied. In each layer
/// the expert of rank r is drawn with a chance proportional to 1 / r^skew, the k experts of a token without repetition.
/// </summary>
internal sealed class SyntheticRouting : IMoeLayer
{
    private readonly IMoeLayer _inner;
    private readonly Random _random = new(5);
    private readonly int[][] _byRank;
    private readonly double[] _chances;
    private readonly bool[] _taken;
    private int[] _drawn = [];

    public SyntheticRouting(IMoeLayer inner, int layers, int experts, double skew)
    {
        _inner = inner;
        _chances = [.. Enumerable.Range(1, experts).Select(rank => Math.Pow(rank, -skew))];
        _byRank = [.. Enumerable.Range(0, layers).Select(_ => Shuffled(experts))];
        _taken = new bool[experts];
    }

    /// <summary>Told of the experts of each layer's call.</summary>
    public Action<int, ReadOnlyMemory<int>>? Drawn { get; set; }

    public void Forward(in MoeLayerCall call)
    {
        if (_drawn.Length < call.Experts.Length)
        {
            _drawn = new int[call.Experts.Length];
        }

        for (int token = 0; token < call.Experts.Length; token += call.TopK)
        {
            Draw(call.Layer, _drawn.AsSpan(token, call.TopK));
        }

        Drawn?.Invoke(call.Layer, _drawn.AsMemory(0, call.Experts.Length));
        _inner.Forward(new MoeLayerCall
        {
            Layer = call.Layer,
            HiddenSize = call.HiddenSize,
            TopK = call.TopK,
            Input = call.Input,
            Experts = _drawn.AsSpan(0, call.Experts.Length),
            Weights = call.Weights,
            Output = call.Output,
            Abandoned = call.Abandoned,
        });
    }

    private int[] Shuffled(int count)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        _random.Shuffle(all);
        return all;
    }

    private void Draw(int layer, Span<int> experts)
    {
        _taken.AsSpan().Clear();
        double left = _chances.Sum();
        for (int place = 0; place < experts.Length; place++)
        {
            int rank = Pick(_random.NextDouble() * left);
            _taken[rank] = true;
            left -= _chances[rank];
            experts[place] = _byRank[layer][rank];
        }
    }

    /// <summary>The rank at which the chances of those that are not taken reach a value.</summary>
    private int Pick(double at)
    {
        int picked = -1;
        for (int rank = 0; rank < _chances.Length && at >= 0; rank++)
        {
            if (!_taken[rank])
            {
                picked = rank;
                at -= _chances[rank];
            }
        }

        return picked;
    }
}
