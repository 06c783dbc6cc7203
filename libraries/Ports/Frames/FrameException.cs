namespace DaprMoE.Ports;

/// <summary>A frame that can't be used: names the field, its value, and what is allowed.</summary>
/// <param name="field">The field.</param>
/// <param name="value">Its value.</param>
/// <param name="allowed">What is allowed, in words.</param>
public sealed class FrameException(string field, string value, string allowed)
    : Exception($"The frame's {field} is {value}; allowed: {allowed}.")
{
    /// <summary>The field.</summary>
    public string Field { get; } = field;

    /// <summary>Its value.</summary>
    public string Value { get; } = value;

    /// <summary>What is allowed, in words.</summary>
    public string Allowed { get; } = allowed;
}
