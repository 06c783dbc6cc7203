namespace DaprMoE.Simulation;

/// <summary>Values whose mean and quantiles are asked for in the end.</summary>
internal sealed class Distribution
{
    private readonly List<double> _values = [];
    private double _sum;
    private bool _sorted = true;

    public int Count => _values.Count;

    public double Sum => _sum;

    public double Mean => _values.Count == 0 ? 0 : _sum / _values.Count;

    public void Add(double value)
    {
        _sorted = _sorted && (_values.Count == 0 || _values[^1] <= value);
        _values.Add(value);
        _sum += value;
    }

    /// <summary>The smallest value that at least this share of all values does not exceed; 0 without values.</summary>
    public double Quantile(double share)
    {
        if (_values.Count == 0)
        {
            return 0;
        }

        if (!_sorted)
        {
            _values.Sort();
            _sorted = true;
        }

        int rank = (int)Math.Ceiling(share * _values.Count) - 1;
        return _values[Math.Clamp(rank, 0, _values.Count - 1)];
    }
}
