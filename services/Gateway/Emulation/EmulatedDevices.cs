using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The emulated devices of an engine: their clock, what things cost on them, and the backends that really compute.</summary>
internal sealed class EmulatedDevices
{
    private readonly EmulationOptions _options;
    private readonly ModelShape _shape;

    private EmulatedDevices(EmulationOptions options, ModelShape shape, EmulatedBox box, EmulatedBackends backends)
    {
        (_options, _shape, Box, Backends) = (options, shape, box, backends);
    }

    /// <summary>The devices' clock and costs.</summary>
    public EmulatedBox Box { get; }

    /// <summary>Experts that count the shape's bytes.</summary>
    public EmulatedBackends Backends { get; }

    /// <summary>What is emulated, in words.</summary>
    public string Label => _options.ShapeAs is { } shape
        ? $"{_options.Profile} devices in virtual time, with experts of the size of {shape}"
        : $"{_options.Profile} devices in virtual time";

    /// <summary>The emulated devices of a model.</summary>
    /// <param name="model">The model that is computed.</param>
    /// <param name="options">How to compose the engine; says what to emulate.</param>
    /// <param name="backends">Makes what computes; taken over.</param>
    /// <param name="clock">The devices' clock.</param>
    /// <exception cref="ArgumentException">There is no such profile or shape, or the model's experts have several sizes.</exception>
    public static EmulatedDevices Of(PackedModel model, LocalEngineOptions options, IExpertBackendFactory backends, VirtualClock clock)
    {
        EmulationOptions emulation = options.Emulation!;
        Testbed testbed = DeviceProfiles.Find(emulation.Profile, options.Devices)
            ?? throw new ArgumentException($"There is no device profile '{emulation.Profile}'; allowed: {string.Join(", ", DeviceProfiles.Names)}.", nameof(options));
        ModelShape shape = emulation.ShapeAs is not { } name ? ServedShape.Of(model, backends)
            : ModelShapes.Find(name)?.Cut(ServedShape.MoeLayers(model.Description))
            ?? throw new ArgumentException($"There is no model shape '{name}'; allowed: {string.Join(", ", ModelShapes.Names)}.", nameof(options));
        EmulatedBox box = new(clock, ShapeTiming.Of(shape, testbed, TimeShape.Roofline), options.Devices);
        return new EmulatedDevices(emulation, shape, box, new EmulatedBackends(model.Description, backends, shape.ExpertBytes));
    }

    /// <summary>What the bill counts of the model: the shape's bytes, with what is no expert on each device.</summary>
    public BilledModel Billed(PackedModel model, int devices) =>
        BilledModel.Of(model, Backends.ExpertBytes, BillOptions.Gpu) with { NonExpertBytes = _shape.NonExpertBytes * devices };

    /// <summary>What plans are made for, on these devices.</summary>
    public ExpertLayout? Layout(ExpertLayout? layout) => layout is null ? null : layout with
    {
        Time = Box.Timing.Replica,
        SecondsPerTokenMoved = Box.Timing.SecondsPerTokenMoved,
    };
}
