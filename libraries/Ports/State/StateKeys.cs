using System.Globalization;

namespace DaprMoE.Ports;

/// <summary>The keys of state. One place, so that no two services mean different things by one key.</summary>
public static class StateKeys
{
    /// <summary>Most characters of a name within a key.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Most characters of a key.</summary>
    public const int MaxLength = 256;

    /// <summary>The plan in force and its version.</summary>
    public const string Plan = "plan";

    /// <summary>The newest forecast.</summary>
    public const string Forecast = "forecast";

    /// <summary>A fitted predictor.</summary>
    /// <param name="predictor">Its name, e.g. <c>regression</c>.</param>
    public static string Predictor(string predictor) => $"predictor/{Name(predictor)}";

    /// <summary>One place of the ring that a gateway's load windows are kept in.</summary>
    /// <param name="source">The gateway.</param>
    /// <param name="place">The place, from 0.</param>
    public static string Window(string source, int place) =>
        string.Create(CultureInfo.InvariantCulture, $"window/{Name(source)}/{place}");

    /// <summary>A bill.</summary>
    /// <param name="scope">What was billed, e.g. <c>total</c>.</param>
    public static string Bill(string scope) => $"bill/{Name(scope)}";

    /// <summary>Whether a text can stand within a key.</summary>
    public static bool IsName(string? text) => text is { Length: >= 1 and <= MaxNameLength } && text.All(IsAllowed);

    /// <summary>Whether a text is a key.</summary>
    public static bool IsKey(string? text) => text is { Length: >= 1 and <= MaxLength } && text.Split('/').All(IsName);

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static string Name(string name) => IsName(name)
        ? name
        : throw new ArgumentException(
            $"'{name}' can't stand in a key of state; give 1 … {MaxNameLength} letters, digits, '-', '_' or '.'.", nameof(name));
}
