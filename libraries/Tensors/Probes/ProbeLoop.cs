namespace DaprMoE.Tensors;

/// <summary>A piece of work of a few microseconds that a probe repeats.</summary>
internal abstract class ProbeLoop
{
    /// <summary>
    /// What the loops computed. It is written so that no loop can be optimised away, and read by nobody.
    /// </summary>
    private float _result;

    /// <summary>Runs piece number <paramref name="index"/> of a worker and returns how much it was.</summary>
    public abstract double Run(int worker, int workers, long index);

    protected void Keep(float result) => Volatile.Write(ref _result, result);
}
