using DaprMoE.Dashboard;
using DaprMoE.Inference;
using DaprMoE.ServiceDefaults;

namespace DaprMoE.Gateway;

/// <summary>Feeds the dashboard from the gateway's parts.</summary>
internal sealed class ServerDashboard : IDashboardSource
{
    private const string NothingToDecide = "One mapped device: nothing to decide. Start the server with --devices and --device-memory.";

    private readonly ModelHost _host;
    private readonly StartupState _state;
    private readonly RunningRequests _running;
    private readonly DashboardChat _chat;
    private readonly DashboardPolicy _policy;
    private readonly TimeProvider _clock;
    private volatile ExpertsReader? _experts;
    private volatile DecisionsReader? _decisions;

    public ServerDashboard(
        ModelHost host, StartupState state, RunningRequests running, DashboardChat chat, DashboardPolicy policy, CurrentPlan plan,
        TimeProvider clock)
    {
        (_host, _state, _running, _chat, _policy, _clock) = (host, state, running, chat, policy, clock);
        host.Opened += model =>
        {
            _experts = new ExpertsReader(model, clock);
            _decisions = policy.Decides ? new DecisionsReader(model, plan) : null;
        };
    }

    public async ValueTask<DashboardSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        ServedModel? model = _host.Current;
        (Part<ExpertMap> map, Part<DevicesView> devices) = model is not null && _experts is { } experts
            ? await experts.ReadAsync(cancellationToken)
            : (Closed<ExpertMap>(), Closed<DevicesView>());
        return new DashboardSnapshot
        {
            At = _clock.GetUtcNow(),
            Server = Server(model),
            Traffic = model is null ? Closed<TrafficView>() : Part.Of(Traffic(model.Engine.Snapshot())),
            Experts = map,
            Devices = devices,
            Policy = _policy.Read() is { } policy ? Part.Of(policy) : Part.Missing<PolicyView>(NothingToDecide),
            Plan = Decided(decisions => decisions.Plan()),
            Forecast = Decided(decisions => decisions.Forecast()),
            Bill = model is null ? Closed<BillView>() : Part.Of(BillReader.Read(model.Bill)),
            Requests = _running.Read(),
        };
    }

    public bool IsLocal(HttpContext context) => AdminAccess.IsLocal(context);

    public ValueTask<SwitchAnswer> SwitchPolicyAsync(PolicySwitch wish, CancellationToken cancellationToken) =>
        _policy.SwitchAsync(wish, cancellationToken);

    public IAsyncEnumerable<string> AnswerAsync(IReadOnlyList<ChatTurn> conversation, CancellationToken cancellationToken) =>
        _chat.AnswerAsync(conversation, cancellationToken);

    private Part<T> Decided<T>(Func<DecisionsReader, Part<T>> read)
        where T : class
    {
        if (!_policy.Decides)
        {
            return Part.Missing<T>(NothingToDecide);
        }

        return _host.Current is not null && _decisions is { } decisions ? read(decisions) : Closed<T>();
    }

    private Part<T> Closed<T>()
        where T : class => Part.Missing<T>($"The model is not open: {_state.Phase}.");

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
