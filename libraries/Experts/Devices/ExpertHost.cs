using System.Globalization;
using DaprMoE.Models;

namespace DaprMoE.Experts;

/// <summary>Owns the devices of a process, and what their backends share.</summary>
public sealed class ExpertHost : IDisposable
{
    private readonly IDisposable? _shared;

    /// <param name="devices">The devices, by index; the host owns them.</param>
    /// <param name="shared">Disposed after the devices.</param>
    public ExpertHost(IReadOnlyList<IExpertDevice> devices, IDisposable? shared = null)
    {
        (Devices, _shared) = (devices, shared);
    }

    /// <summary>The devices, by index.</summary>
    public IReadOnlyList<IExpertDevice> Devices { get; }

    /// <summary>Bytes of the experts that are resident on all devices.</summary>
    public long ResidentBytes => Devices.Sum(device => device.Memory.ResidentBytes);

    /// <summary>Makes the devices that the options name.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How many devices, with how much memory.</param>
    /// <param name="backends">Makes the backends; the host owns it when it is made.</param>
    /// <param name="time">The time.</param>
    /// <param name="listener">Hears of all devices' transitions, from several threads where there are several devices.</param>
    /// <exception cref="ExpertTooLargeException">One expert is larger than a device's memory.</exception>
    /// <exception cref="InsufficientMemoryException">The system lends no such range of addresses.</exception>
    public static ExpertHost Create(
        ModelDescription model,
        ExpertHostOptions options,
        IExpertBackendFactory backends,
        TimeProvider time,
        IResidencyListener? listener = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(backends);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Devices, 1, nameof(options));
        DeviceMemoryPlan memory = new(model, backends);
        long? budget = memory.BudgetPerDevice(options);
        List<IExpertDevice> devices = [];
        try
        {
            for (int number = 0; number < options.Devices; number++)
            {
                devices.Add(Device(Settings(options, number, budget, memory.ExpertsPerLayer), backends, time, listener));
            }

            return new ExpertHost(devices, backends);
        }
        catch
        {
            devices.ForEach(device => device.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IExpertDevice device in Devices)
        {
            device.Dispose();
        }

        _shared?.Dispose();
    }

    private static DeviceSettings Settings(ExpertHostOptions options, int number, long? budget, IReadOnlyList<int> experts) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"{options.Host}-{number}"),
        Number = number,
        ExpertsPerLayer = experts,
        BudgetBytes = budget,
        MemoryKind = options.MemoryKind,
        KeepAlive = options.KeepAlive,
        Eviction = options.Eviction,
        PreWarmBytesPerSecond = options.PreWarmBytesPerSecond,
        Box = options.Box,
    };

    private static IExpertDevice Device(
        DeviceSettings settings, IExpertBackendFactory backends, TimeProvider time, IResidencyListener? listener)
    {
        DeviceMemoryPlan.RequireFits(settings, backends);
        IExpertBackend backend = backends.Create(settings.BudgetBytes);
        try
        {
            return settings.BudgetBytes is null
                ? new MappedDevice(settings, backend, time, listener)
                : new ArenaDevice(settings, backend, settings.Box?.Clock ?? time, listener);
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }
}
