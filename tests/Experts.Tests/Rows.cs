using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

/// <summary>Rows for the experts of the bundled model.</summary>
internal sealed class Rows
{
    private readonly float[] _input;
    private readonly int[] _rows;

    /// <param name="layer">The layer.</param>
    /// <param name="groups">The replicas; their runs are all of the assignments.</param>
    /// <param name="rows">For each assignment its input row, 0 to 2; null for a fixed choice.</param>
    public Rows(int layer, ReplicaGroup[] groups, int[]? rows = null)
    {
        Layer = layer;
        Groups = groups;
        int count = groups.Sum(group => group.Count);
        _rows = rows ?? [.. Enumerable.Range(0, count).Select(i => i * 7 % 3)];
        _input = [.. Enumerable.Range(0, 3).SelectMany(Input)];
        Output = new float[count * BundledModel.Hidden];
    }

    public int Layer { get; }

    public ReplicaGroup[] Groups { get; }

    public float[] Output { get; }

    public ExpertWork Work => new() { Layer = Layer, Input = _input, Rows = _rows, Groups = Groups, Output = Output };

    /// <summary>One row for copy 0 of each expert.</summary>
    public static Rows OneEach(int layer, params int[] experts) =>
        new(layer, [.. experts.Select((expert, at) => new ReplicaGroup(expert, 0, at, 1))]);

    public static float[] Input(int row) =>
        [.. Enumerable.Range(0, BundledModel.Hidden).Select(i => (((i * 31) + (row * 17)) % 23 * 0.05f) - 0.5f)];
}
