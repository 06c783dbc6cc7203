using System.Diagnostics.CodeAnalysis;

namespace DaprMoE.Dashboard;

/// <summary>A part of a snapshot that may not be there; then it says why, so that no panel is empty without a reason.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed record Part<T>
    where T : class
{
    private Part(T? value, string? missing) => (Value, Missing) = (value, missing);

    /// <summary>What is known; null when there is nothing.</summary>
    public T? Value { get; }

    /// <summary>Why there is nothing and what to do about it, whole sentences; null when there is something.</summary>
    public string? Missing { get; }

    /// <summary>Whether there is something.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Missing))]
    public bool IsThere => Value is not null;

    internal static Part<T> Create(T? value, string? missing) => new(value, missing);
}

/// <summary>Makes parts of snapshots.</summary>
public static class Part
{
    /// <summary>A part that is there.</summary>
    public static Part<T> Of<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return Part<T>.Create(value, null);
    }

    /// <summary>A part that is not there.</summary>
    /// <typeparam name="T">What it would hold.</typeparam>
    /// <param name="why">Why, and what to do about it: whole sentences for the user.</param>
    public static Part<T> Missing<T>(string why)
        where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(why);
        return Part<T>.Create(null, why);
    }
}
