namespace DaprMoE.Ports;

/// <summary>
/// The (token, expert) pairs of one layer in one iteration, sorted by expert, tokens ascending within one. All calls of the layer share
/// it: each names runs of it and fills their rows of <see cref="Output"/>. The dispatcher owns its memory and reuses it.
/// </summary>
public sealed unsafe class LayerAssignments
{
    private readonly int[] _tokens;
    private readonly byte[] _terms;
    private readonly float[] _weights;
    private readonly byte[] _covered;

    /// <param name="maxAssignments">Most pairs of one iteration.</param>
    public LayerAssignments(int maxAssignments)
    {
        _tokens = new int[maxAssignments];
        _terms = new byte[maxAssignments];
        _weights = new float[maxAssignments];
        _covered = new byte[maxAssignments];
    }

    /// <summary>The layer.</summary>
    public int Layer { get; set; }

    /// <summary>Width H of a row.</summary>
    public int HiddenSize { get; set; }

    /// <summary>Experts per token, k, at most 64.</summary>
    public int TopK { get; set; }

    /// <summary>Pairs.</summary>
    public int Count { get; set; }

    /// <summary>Rows t of <see cref="Input"/>.</summary>
    public int InputRows { get; set; }

    /// <summary>The gate input, [t, H].</summary>
    public float* Input { get; set; }

    /// <summary>Receives one row per pair, [<see cref="Count"/>, H].</summary>
    public float* Output { get; set; }

    /// <summary>For each pair the row of <see cref="Input"/> that it reads.</summary>
    public Span<int> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>For each pair its place among its token's terms: ascending expert, from 0 to k - 1.</summary>
    public Span<byte> Terms => _terms.AsSpan(0, Count);

    /// <summary>For each pair its combine weight.</summary>
    public Span<float> Weights => _weights.AsSpan(0, Count);

    /// <summary>
    /// For each pair what its row of <see cref="Output"/> holds: 0 the expert's row as it is; n above 0 the weighted sum of n terms of the
    /// token from its own on, a complete subtree of the combine tree; <see cref="InAnother"/> nothing, since an earlier pair's sum has it.
    /// </summary>
    public Span<byte> Covered => _covered.AsSpan(0, Count);

    /// <summary>The pair's term is part of an earlier pair's sum.</summary>
    public const byte InAnother = byte.MaxValue;
}
