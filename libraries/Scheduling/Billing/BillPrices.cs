using System.Globalization;

namespace DaprMoE.Scheduling;

/// <summary>What memory and calls cost.</summary>
public sealed class BillPrices
{
    private readonly string[] _kinds;
    private readonly double[] _perGbSecond;

    /// <param name="memory">Kinds of memory and the price of one GB (1e9 bytes) for one second, finite and at least 0.</param>
    /// <param name="perCall">Price of one expert call, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A price is not finite or below 0.</exception>
    public BillPrices(IEnumerable<KeyValuePair<string, double>> memory, double perCall)
    {
        ArgumentNullException.ThrowIfNull(memory);
        KeyValuePair<string, double>[] list = [.. memory];
        _kinds = [.. list.Select(price => price.Key)];
        _perGbSecond = [.. list.Select(price => Valid(price.Value, $"price of {price.Key} memory"))];
        PerCall = Valid(perCall, "price of a call");
    }

    /// <summary>Price of one expert call.</summary>
    public double PerCall { get; }

    /// <summary>The kinds of memory that have a price, in the order given.</summary>
    public IReadOnlyList<string> Kinds => _kinds;

    /// <summary>Price of one GB (1e9 bytes) for one second, by index in <see cref="Kinds"/>.</summary>
    public double PerGbSecond(int kind) => _perGbSecond[kind];

    /// <summary>The index of a kind of memory in <see cref="Kinds"/>.</summary>
    /// <exception cref="ArgumentException">The kind has no price.</exception>
    public int IndexOf(string kind)
    {
        int index = Array.IndexOf(_kinds, kind);
        return index >= 0 ? index : throw new ArgumentException(
            $"No price for memory of kind '{kind}'; priced are: {string.Join(", ", _kinds)}. Add it to the price list.", nameof(kind));
    }

    private static double Valid(double price, string name) => double.IsFinite(price) && price >= 0
        ? price
        : throw new ArgumentOutOfRangeException(
            nameof(price), string.Create(CultureInfo.InvariantCulture, $"The {name} is {price}; it must be finite and at least 0."));
}
