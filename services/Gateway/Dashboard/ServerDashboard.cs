using DaprMoE.Dashboard;
using DaprMoE.Inference;
using DaprMoE.ServiceDefaults;

namespace DaprMoE.Gateway;

/// <summary>Feeds the dashboard from the gateway's parts.</summary>
internal sealed class ServerDashboard : IDashboardSource
{
    private readonly ModelHost _host;
    private readonly StartupState _state;
    private readonly RunningRequests _running;
    private readonly DashboardChat _chat;
    private readonly TimeProvider _clock;
    private volatile ExpertsReader? _experts;

    public ServerDashboard(ModelHost host, StartupState state, RunningRequests running, DashboardChat chat, TimeProvider clock)
    {
        (_host, _state, _running, _chat, _clock) = (host, state, running, chat, clock);
        host.Opened += model => _experts = new ExpertsReader(model, clock);
    }

    public async ValueTask<DashboardSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        ServedModel? model = _host.Current;
        ExpertsReading experts = model is not null && _experts is { } reader
            ? await reader.ReadAsync(cancellationToken)
            : ExpertsReading.Starting(_state.Phase);
        return new DashboardSnapshot
        {
            At = _clock.GetUtcNow(),
            Server = Server(model),
            Traffic = model is null ? Part.Missing<TrafficView>(ExpertsReading.Reason(_state.Phase)) : Part.Of(Traffic(model.Engine.Snapshot())),
            Experts = experts.Map,
            Devices = experts.Devices,
            Policy = experts.Policy,
            Plan = Part.Missing<PlanView>("Nothing is planned: experts stay at their static homes."),
            Forecast = Part.Missing<ForecastView>("Nothing is forecast: experts stay at their static homes."),
            Bill = Part.Missing<BillView>("This server keeps no bill yet."),
            Requests = _running.Read(),
        };
    }

    public ValueTask<SwitchAnswer> SwitchPolicyAsync(PolicySwitch wish, CancellationToken cancellationToken) =>
        new(new SwitchAnswer(SwitchOutcome.Refused, ExpertsReading.FixedPolicy));

    public IAsyncEnumerable<string> AnswerAsync(IReadOnlyList<ChatTurn> conversation, CancellationToken cancellationToken) =>
        _chat.AnswerAsync(conversation, cancellationToken);

    private ServerView Server(ServedModel? model) => new(
        model?.Id,
        _state.Phase,
        model?.Engine.Fault is { } fault ? $"The engine has stopped: {fault.Message} Restart the server." : null,
        model is { Template: null } ? ApiErrors.NoTemplate(model.Id).Message : null);

    private static TrafficView Traffic(EngineSnapshot engine) => new(
        engine.Running,
        engine.Waiting,
        engine.KvBlocksTotal == 0 ? 0 : (double)engine.KvBlocksUsed / engine.KvBlocksTotal,
        engine.PromptTokens,
        engine.GeneratedTokens);
}
