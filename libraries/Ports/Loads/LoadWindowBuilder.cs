using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>
/// Counts the iterations of a window. Of those with prompts and those without, some are kept as they are, drawn evenly over the window: few
/// tokens call few experts, and which ones are called together is lost in a sum. Used by one thread; allocates when a window closes only.
/// </summary>
public sealed class LoadWindowBuilder
{
    /// <summary>Most samples of a window: as many that a history spans the windows between two plans.</summary>
    public static readonly int MaxSamples =
        2 * (int)Math.Ceiling(PolicyDefaults.AutoHistorySamples / (2.0 * PolicyDefaults.WindowsPerPlan));

    private readonly LayerShape _shape;
    private readonly string _model;
    private readonly SampleReservoir _prefill;
    private readonly SampleReservoir _decode;
    private readonly int[] _current;
    private int[] _loads;
    private int _iterations;
    private int _promptTokens;
    private int _decodeTokens;

    /// <param name="model">The served model, as its fingerprint or name.</param>
    /// <param name="shape">Its MoE layers and experts.</param>
    /// <param name="random">Draws the samples.</param>
    /// <exception cref="ArgumentException">The name or the shape is out of its bounds.</exception>
    public LoadWindowBuilder(string model, LayerShape shape, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!shape.IsSound || !StateKeys.IsName(model))
        {
            throw new ArgumentException(
                $"Model '{model}' with {shape.Layers} MoE layers of {shape.Experts} experts; a name has 1 … {StateKeys.MaxNameLength} "
                + $"letters, digits, '-', '_' or '.', a model 1 … {LayerShape.MaxLayers} layers of 1 … {LayerShape.MaxExperts} experts.",
                nameof(shape));
        }

        _model = model;
        _shape = shape;
        _prefill = new SampleReservoir(MaxSamples, shape.Count, random);
        _decode = new SampleReservoir(MaxSamples, shape.Count, random);
        _current = new int[shape.Count];
        _loads = new int[shape.Count];
    }

    /// <summary>Iterations counted since the last window.</summary>
    public int Iterations => _iterations;

    /// <summary>Prompt tokens counted since the last window.</summary>
    public int PromptTokens => _promptTokens;

    /// <summary>Counts a layer of the iteration that runs.</summary>
    /// <param name="layer">The layer, among the MoE layers, from 0.</param>
    /// <param name="experts">Chosen experts of all tokens, [t x k].</param>
    public void Count(int layer, ReadOnlySpan<int> experts)
    {
        Span<int> loads = _current.AsSpan(layer * _shape.Experts, _shape.Experts);
        foreach (int expert in experts)
        {
            loads[expert]++;
        }
    }

    /// <summary>Counts a layer of the iteration that runs, whose tokens are counted already.</summary>
    /// <param name="layer">The layer, among the MoE layers, from 0.</param>
    /// <param name="loads">Tokens of each expert, [experts].</param>
    public void CountLoads(int layer, ReadOnlySpan<int> loads)
    {
        Span<int> counted = _current.AsSpan(layer * _shape.Experts, _shape.Experts);
        for (int expert = 0; expert < counted.Length; expert++)
        {
            counted[expert] += loads[expert];
        }
    }

    /// <summary>The iteration that runs has failed: what was counted of it is forgotten.</summary>
    public void DropIteration() => Array.Clear(_current);

    /// <summary>The iteration is over.</summary>
    /// <param name="promptTokens">Its prompt tokens.</param>
    /// <param name="decodeTokens">Its decode tokens.</param>
    public void EndIteration(int promptTokens, int decodeTokens)
    {
        for (int i = 0; i < _loads.Length; i++)
        {
            _loads[i] += _current[i];
        }

        (promptTokens > 0 ? _prefill : _decode).Offer(_current);
        Array.Clear(_current);
        _iterations++;
        _promptTokens += promptTokens;
        _decodeTokens += decodeTokens;
    }

    /// <summary>Closes the window and begins the next one.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="closedAt">Now.</param>
    /// <param name="expected">Tokens of each expert that are known of the next window; null when nobody makes them.</param>
    public LoadWindow Close(long version, DateTimeOffset closedAt, float[]? expected = null)
    {
        // Half of the samples for each phase; what one does not need is the other's.
        int prefill = Math.Min(_prefill.Count, Math.Max(MaxSamples / 2, MaxSamples - _decode.Count));
        int decode = Math.Min(_decode.Count, MaxSamples - prefill);
        LoadWindow window = new()
        {
            Version = version,
            Model = _model,
            Shape = _shape,
            ClosedAt = closedAt.ToUnixTimeMilliseconds(),
            Iterations = _iterations,
            PromptTokens = _promptTokens,
            DecodeTokens = _decodeTokens,
            Loads = _loads,
            Expected = expected ?? [],
            Samples = [.. _prefill.Take(prefill), .. _decode.Take(decode)],
        };
        _loads = new int[_shape.Count];
        (_iterations, _promptTokens, _decodeTokens) = (0, 0, 0);
        return window;
    }
}
