using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Logging;

namespace DaprMoE.DirectTransport;

/// <summary>
/// The expert hosts of a gateway: connections that are kept, the transport over them, and routes that always show which devices are alive.
/// </summary>
public sealed class ExpertHosts : IAsyncDisposable
{
    private readonly ExpertHostsOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly HostTracker _tracker;
    private readonly HostLink[] _links;
    private readonly HostMember[] _members;
    private Task _running = Task.CompletedTask;

    private ExpertHosts(ExpertHostsOptions options, TimeProvider clock, ILogger logger)
    {
        (_options, _clock) = (options, clock);
        string[] names = [.. options.Addresses.Select(address => address.Authority)];
        UInt128 model = Fingerprint.Parse(options.Model);
        _tracker = new HostTracker(names, options.Model, options.Limits.MaxRows);
        _links = [.. names.Select(name => new HostLink(name, model, options.Limits, options.Lossy, clock, logger))];
        _members = [.. options.Addresses.Select((address, i) => new HostMember(
            i,
            names[i],
            () => Connect(address),
            _tracker,
            _links[i],
            new WarmUp(model, options.Limits, _links[i].Calls).Run,
            clock,
            logger))];
    }

    /// <summary>How calls reach the devices.</summary>
    public IExpertTransport Transport { get; private set; } = null!;

    /// <summary>What is asked of the devices beside calls.</summary>
    public IExpertControl Control { get; private set; } = null!;

    /// <summary>
    /// Where the experts are: static homes over the devices that are alive. Replaced before anybody is told that a call is lost.
    /// </summary>
    public Routes Routes { get; private set; } = null!;

    /// <summary>The devices' names, by number.</summary>
    public IReadOnlyList<string> DeviceNames { get; private set; } = [];

    /// <summary>The hosts now, in the order of their addresses.</summary>
    public IReadOnlyList<ExpertHostStatus> Hosts => [.. _options.Addresses.Select(Status)];

    /// <summary>Connects to all hosts and waits until each has joined.</summary>
    /// <param name="options">Which hosts, and how.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Told when hosts join, are lost or refused.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="ExpertHostsException">
    /// An address may not be called this way, a host has another model or version or a name twice, or some are not there in time.
    /// </exception>
    public static async Task<ExpertHosts> ConnectAsync(
        ExpertHostsOptions options, TimeProvider clock, ILogger<ExpertHosts> logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (Uri address in options.Addresses)
        {
            options.Security.RequireAllows(address);
        }

        ExpertHosts hosts = new(options, clock, logger);
        try
        {
            await hosts.StartAsync(cancellationToken).ConfigureAwait(false);
            return hosts;
        }
        catch
        {
            await hosts.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private GrpcHostConnection Connect(Uri address) =>
        new(address, _options.Security, (int)Math.Min(int.MaxValue, _options.Limits.MaxAnswerBytes));

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_members.Select(member => Task.Run(() => member.RunAsync(_stop.Token), CancellationToken.None)));
        try
        {
            await AllSettledAsync().WaitAsync(_options.StartTimeout, _clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or HostRefusedException)
        {
            // Once one is refused the others are not waited for, so nothing is said of them.
            bool isTimeOver = exception is TimeoutException;
            IEnumerable<string?> faults = _members.Select((member, i) => Refusal(member) ?? (isTimeOver ? Absence(member, i) : null));
            throw new ExpertHostsException(string.Join(" ", faults.Where(fault => fault is not null)));
        }

        IReadOnlyList<(int Host, int Device)> devices = _tracker.Devices();
        int[] experts = [.. _options.Limits.ExpertsPerLayer];
        Routes = new Routes(RoutingTable.Static(experts, devices.Count));
        _tracker.Watch(alive => Routes.Replace(RoutingTable.Static(experts, devices.Count, alive)));
        DeviceNames = [.. devices.Select(device => _tracker.Of(device.Host).Facts!.Devices[device.Device].Name)];
        Transport = new DirectExpertTransport(_links, devices);
        Control = new DeviceControl(_members, devices, DeviceNames);
    }

    /// <summary>Completes when every host has joined, or one is refused.</summary>
    private async Task AllSettledAsync()
    {
        await foreach (Task settled in Task.WhenEach(_members.Select(member => member.Settled)).ConfigureAwait(false))
        {
            await settled.ConfigureAwait(false);
        }
    }

    private static string? Refusal(HostMember member) =>
        member.Settled.Exception?.InnerException is HostRefusedException refused ? refused.Message : null;

    private string? Absence(HostMember member, int index) => member.Settled.IsCompletedSuccessfully
        ? null
        : $"The expert host at {_options.Addresses[index].Authority} was not there within {_options.StartTimeout.TotalSeconds:0.#} s: "
            + $"{(member.Trouble ?? "it does not answer").TrimEnd('.')}. Start it, or take it out of --expert-hosts.";

    private ExpertHostStatus Status(Uri address, int index)
    {
        (bool isAlive, HostFacts? facts) = _tracker.Of(index);
        return new ExpertHostStatus(
            address,
            facts?.Name ?? "",
            isAlive,
            _members[index].Trouble,
            facts?.Backend ?? "",
            facts?.DType ?? "",
            facts?.Incarnation ?? 0,
            facts?.Devices ?? [],
            _links[index].Calls.LateAnswers);
    }
}
