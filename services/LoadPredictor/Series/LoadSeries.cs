using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>
/// The newest windows of one model in a ring, as features are made from them. A load is the expert's share of its layer times the number of
/// experts: 1 = an equal share. Windows are numbered from 0 in the order in which they came. Not safe for several threads.
/// </summary>
internal sealed class LoadSeries
{
    /// <summary>Weight of the newest window in the smoothed loads.</summary>
    public const float Smoothing = 0.3f;

    private readonly WindowLoads[] _windows;
    private readonly float[] _unknown;
    private int _last = -1;

    /// <param name="shape">Layers and experts.</param>
    /// <param name="capacity">Windows that are kept, at least 2; the oldest makes room.</param>
    public LoadSeries(LayerShape shape, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        Shape = shape;
        // One place is that of the window to come, of which only the expectation is known.
        _windows = [.. Enumerable.Range(0, capacity + 1).Select(_ => new WindowLoads(shape))];
        _unknown = new float[shape.Count];
        Array.Fill(_unknown, 1);
        At(0).ForgetExpected(_unknown);
    }

    public LayerShape Shape { get; }

    /// <summary>Number of the window to come; as many have come.</summary>
    public int Next => _last + 1;

    /// <summary>The oldest window that is kept.</summary>
    public int First => Math.Max(0, Next - (_windows.Length - 1));

    /// <summary>Windows that are kept.</summary>
    public int Count => Next - First;

    /// <summary>A kept window, or the one to come.</summary>
    public WindowLoads this[int window] => window >= First && window <= Next
        ? At(window)
        : throw new ArgumentOutOfRangeException(nameof(window), window, $"{First} … {Next} are kept");

    /// <summary>A copy that stays as it is while this series goes on.</summary>
    public LoadSeries Snapshot()
    {
        LoadSeries copy = new(Shape, _windows.Length - 1) { _last = _last };
        for (int window = First; window <= Next; window++)
        {
            copy.At(window).CopyFrom(At(window));
        }

        return copy;
    }

    /// <summary>
    /// Adds a window. One without tokens says nothing about loads; what it expects of the next one is taken all the same.
    /// </summary>
    public void Add(LoadWindow window)
    {
        if (window.Shape != Shape)
        {
            throw new ArgumentException(
                $"The window has {window.Shape.Layers} layers of {window.Shape.Experts} experts, "
                + $"the series {Shape.Layers} of {Shape.Experts}.",
                nameof(window));
        }

        if (window.Tokens > 0)
        {
            _last++;
            At(_last).SetLoads(window, _last > First ? At(_last - 1) : null);
        }

        float[] smoothed = _last >= 0 ? At(_last).ExpectedSmoothed : _unknown;
        if (window.Expected.Length > 0)
        {
            At(Next).SetExpected(window.Expected, smoothed);
        }
        else
        {
            At(Next).ForgetExpected(smoothed);
        }
    }

    private WindowLoads At(int window) => _windows[window % _windows.Length];
}
