namespace DaprMoE.Tensors;

/// <summary>A task with its place in the packed activations and in the sequence of all work.</summary>
internal unsafe struct PlannedTask
{
    public MatMulTask Task;

    /// <summary>The packed activations; null for a single row, which is read where it is.</summary>
    public float* Packed;

    /// <summary>Where <see cref="Packed"/> begins among all packed floats, or -1 when an earlier task packs the same rows.</summary>
    public long PackOffset;

    /// <summary>Row ranges that are separate work, so that few panels still occupy all workers.</summary>
    public int Parts;

    /// <summary>Cost of the work before this task.</summary>
    public long FirstCost;

    /// <summary>Cost of 32 columns of one part.</summary>
    public long UnitCost;

    public readonly int Units => Parts * Task.Units;

    /// <summary>The first unit that starts at or after a point in the sequence of all work.</summary>
    public readonly int UnitAt(long cost) => (int)Math.Clamp((cost - FirstCost + UnitCost - 1) / UnitCost, 0, Units);
}
