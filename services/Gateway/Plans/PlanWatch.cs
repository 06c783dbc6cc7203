using DaprMoE.Dispatch;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// The gateway's end of <c>expert-plan</c>: looks at the plan in state on an event and every two seconds, shows it, has routes follow it and
/// devices hold it.
/// </summary>
internal sealed partial class PlanWatch(
    IServedModelSource models, IStateStore state, IEventBus bus, CurrentPlan view, TimeProvider clock, ILogger<PlanWatch> logger)
    : BackgroundService
{
    private readonly PlanStore _plans = new(state);
    private string? _saidFault;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ServedModel model = await models.WhenOpenAsync(stoppingToken);
        if (model is not { Layout: { } layout, Control: { } control })
        {
            LogNoPlans(model.Id);
            return;
        }

        PlanUpkeep upkeep = new(new PlanLayerControl(control, layout), clock);
        using StateWatch watch = new(bus, EventTopics.ExpertPlan, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(model, layout, upkeep, stoppingToken);
            await watch.NextAsync(stoppingToken);
        }
    }

    private async Task LookAsync(ServedModel model, ExpertLayout layout, PlanUpkeep upkeep, CancellationToken cancellationToken)
    {
        if (await ReadAsync(layout, cancellationToken) is not { } plan)
        {
            return;
        }

        // Versions rise. A lower one is that of a state file that was put back: neither the fast loop nor devices follow it.
        if (plan.Version > (view.Current?.Version ?? 0))
        {
            IReadOnlyList<string> names = [.. model.Experts.Devices().Select(device => device.Name)];
            IReadOnlyList<LayerPlan> layers = PlanRoutes.Of(plan, layout, names);
            model.Loop?.Follow(new PlanInForce(plan.Version, layers, TimeSpan.FromMilliseconds(plan.KeepAliveMilliseconds)));
            view.Show(plan);
            LogInForce(plan.Version, plan.Policy);
        }

        foreach (string refusal in await upkeep.LookAsync(plan, model.Experts.Devices(), cancellationToken))
        {
            LogRefusal(refusal);
        }
    }

    /// <summary>The plan in state; null when there is none, it can't be read, or is for another model.</summary>
    private async Task<PlanDocument?> ReadAsync(ExpertLayout layout, CancellationToken cancellationToken)
    {
        try
        {
            PlanDocument? plan = (await _plans.ReadAsync(cancellationToken))?.Plan;
            _saidFault = null;
            return plan is not null && PlanRoutes.Fits(plan, layout) ? plan : null;
        }
        catch (Exception exception) when (exception is DocumentException or StateStoreException)
        {
            if (_saidFault != exception.Message)
            {
                LogFault(exception.Message);
                _saidFault = exception.Message;
            }

            return null;
        }
    }

    [LoggerMessage(EventIds.PlanInForce, LogLevel.Information, "Plan {Version} by {Policy} is in force.")]
    private partial void LogInForce(long version, string policy);

    [LoggerMessage(EventIds.PlanRefusedByDevice, LogLevel.Warning, "{Refusal}")]
    private partial void LogRefusal(string refusal);

    [LoggerMessage(EventIds.PlanUnreadable, LogLevel.Warning, "{Fault} The plan before stays in force here.")]
    private partial void LogFault(string fault);

    [LoggerMessage(
        EventIds.NoPlans, LogLevel.Warning, "The layers of {Model} differ in their experts or have none, so no plans are made for it.")]
    private partial void LogNoPlans(string model);
}
