namespace DaprMoE.Scheduling;

/// <summary>The last load samples of one layer, newest first; a ring that never allocates after its construction.</summary>
/// <remarks>
/// A sample is the loads of one real iteration and the number of iterations that it stands for; never a sum or a mean over a window. Few
/// tokens call few experts, which ones together is lost in a mean, and a prompt's iteration beside a hundred of decoding would vanish in
/// it. Whoever observes traffic keeps of each window, and of its iterations with and without prompts apart, a few that are drawn evenly,
/// and weighs each with the iterations of its kind over those kept of it. So weights add up to the iterations seen, and weighted loads
/// (<see cref="Sum"/>) to about their tokens. Samples of all layers are from the same iterations, in the same order.
/// </remarks>
public sealed class LoadHistory
{
    private readonly double[] _loads;
    private readonly double[] _weights;
    private int _next;

    /// <summary>An empty history.</summary>
    /// <param name="experts">Experts of the layer.</param>
    /// <param name="capacity">Samples it holds, at least 1; the oldest makes room for the newest.</param>
    public LoadHistory(int experts, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(experts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Experts = experts;
        Capacity = capacity;
        _loads = new double[experts * capacity];
        _weights = new double[capacity];
    }

    /// <summary>Experts of the layer.</summary>
    public int Experts { get; }

    /// <summary>Samples it can hold.</summary>
    public int Capacity { get; }

    /// <summary>Samples it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The loads of a sample, tokens per expert.</summary>
    /// <param name="age">0 = the newest.</param>
    public ReadOnlySpan<double> Loads(int age) => _loads.AsSpan(Slot(age) * Experts, Experts);

    /// <summary>How many iterations a sample stands for.</summary>
    /// <param name="age">0 = the newest.</param>
    public double Weight(int age) => _weights[Slot(age)];

    /// <summary>Adds a sample.</summary>
    /// <param name="loads">Tokens of each expert in one real iteration.</param>
    /// <param name="iterations">How many iterations like this it stands for, above 0 and finite.</param>
    /// <exception cref="SchedulingException">Not one load per expert, one that is NaN or negative, or such a weight.</exception>
    public void Add(ReadOnlySpan<double> loads, double iterations = 1)
    {
        Check.SameLength("loads", loads.Length, "experts", Experts);
        Check.Loads(loads);
        if (!(iterations > 0) || double.IsPositiveInfinity(iterations))
        {
            throw Check.Error(
                SchedulingError.BadLoad,
                FormattableString.Invariant(
                    $"A sample stands for {iterations} iterations; give a finite number above 0, 1 for itself alone."));
        }

        loads.CopyTo(_loads.AsSpan(_next * Experts));
        _weights[_next] = iterations;
        _next = (_next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>Adds up the newest samples, each as often as the iterations it stands for.</summary>
    /// <param name="samples">Most samples to take.</param>
    /// <param name="total">Receives tokens of each expert.</param>
    public void Sum(int samples, Span<double> total)
    {
        total.Clear();
        for (int age = 0; age < Math.Min(samples, Count); age++)
        {
            double weight = Weight(age);
            ReadOnlySpan<double> loads = Loads(age);
            for (int e = 0; e < loads.Length; e++)
            {
                total[e] += weight * loads[e];
            }
        }
    }

    /// <summary>Forgets all samples.</summary>
    public void Clear() => Count = 0;

    private int Slot(int age)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)age, (uint)Count, nameof(age));
        return (_next - 1 - age + (2 * Capacity)) % Capacity;
    }
}
