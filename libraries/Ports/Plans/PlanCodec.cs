using System.Text.Json;

namespace DaprMoE.Ports;

/// <summary>Plans as UTF-8 JSON, so that people and tools can read them.</summary>
public static class PlanCodec
{
    private const int MaxDevices = 4096;
    private const int MaxIndex = 65_535;

    /// <summary>Writes a plan.</summary>
    public static byte[] Encode(PlanDocument plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return JsonSerializer.SerializeToUtf8Bytes(plan, PortsJson.Default.PlanDocument);
    }

    /// <summary>Reads a plan and checks all its numbers.</summary>
    /// <exception cref="DocumentException">The bytes are no plan; the message says why.</exception>
    public static PlanDocument Decode(ReadOnlySpan<byte> bytes)
    {
        PlanDocument? plan;
        try
        {
            plan = JsonSerializer.Deserialize(bytes, PortsJson.Default.PlanDocument);
        }
        catch (JsonException exception)
        {
            throw new DocumentException(
                $"The plan is no plan: {exception.Message} It is not used; delete it, and the next one replaces it.", exception);
        }

        return plan is not null && Fault(plan) is { } fault
            ? throw new DocumentException($"The plan has {fault}. It is not used; delete it, and the next one replaces it.")
            : plan ?? throw new DocumentException("The plan is null. It is not used; delete it, and the next one replaces it.");
    }

    private static string? Fault(PlanDocument plan)
    {
        if (plan.Version < 1 || plan.WindowVersion < 0 || plan.ForecastVersion < 0 || plan.KeepAliveMilliseconds < 0)
        {
            return $"version {plan.Version}, window {plan.WindowVersion}, forecast {plan.ForecastVersion}, keep-alive "
                + $"{plan.KeepAliveMilliseconds} ms; allowed: a version of at least 1, the others 0 or more";
        }

        if (!StateKeys.IsName(plan.Model) || !StateKeys.IsName(plan.Policy))
        {
            return $"model '{plan.Model}' and policy '{plan.Policy}'; both are names";
        }

        LayerShape shape = new(plan.Layers.Count, plan.Experts);
        if (!shape.IsSound || plan.Devices.Count is 0 or > MaxDevices || !plan.Devices.All(StateKeys.IsName))
        {
            return $"{shape.Layers} layers of {shape.Experts} experts on {plan.Devices.Count} devices; "
                + $"allowed: 1 … {LayerShape.MaxLayers} layers, 1 … {LayerShape.MaxExperts} experts, 1 … {MaxDevices} devices with names";
        }

        return plan.Layers.Select((layer, index) => Fault(layer, index, plan)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Fault(PlanLayer layer, int number, PlanDocument plan)
    {
        IReadOnlyList<int> replicas = layer.Replicas;
        if (replicas.Count % PlanLayer.Numbers != 0)
        {
            return $"{replicas.Count} numbers in layer {number}; a replica has {PlanLayer.Numbers}";
        }

        (int Expert, int Index) last = (-1, -1);
        for (int i = 0; i < replicas.Count; i += PlanLayer.Numbers)
        {
            (int expert, int index, int device) = (replicas[i], replicas[i + 1], replicas[i + 2]);
            bool isSound = (uint)expert < plan.Experts && index is >= 0 and <= MaxIndex && (uint)device < plan.Devices.Count;
            if (!isSound || (expert, index).CompareTo(last) <= 0)
            {
                return $"replica L{number}.E{expert}.R{index} on device {device}; replicas rise by expert and index, and there are "
                    + $"{plan.Experts} experts and {plan.Devices.Count} devices";
            }

            last = (expert, index);
        }

        return null;
    }
}
