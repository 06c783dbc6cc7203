namespace DaprMoE.Experts;

/// <summary>One expert is larger than a device's memory, so that no call to it could ever run.</summary>
public sealed class ExpertTooLargeException : ArgumentException
{
    /// <param name="device">The device.</param>
    /// <param name="layer">The layer of the expert.</param>
    /// <param name="expertBytes">Bytes of one expert of it.</param>
    /// <param name="budgetBytes">Bytes that the device may hold.</param>
    public ExpertTooLargeException(string device, int layer, long expertBytes, long budgetBytes)
        : base($"One expert of layer {layer} is {expertBytes} bytes and device {device} may hold {budgetBytes}. "
            + $"Give each device at least {expertBytes} bytes.")
    {
        (Device, Layer, ExpertBytes, BudgetBytes) = (device, layer, expertBytes, budgetBytes);
    }

    /// <summary>The device.</summary>
    public string Device { get; }

    /// <summary>The layer with the largest experts.</summary>
    public int Layer { get; }

    /// <summary>Bytes of one expert of it.</summary>
    public long ExpertBytes { get; }

    /// <summary>Bytes that the device may hold.</summary>
    public long BudgetBytes { get; }
}
