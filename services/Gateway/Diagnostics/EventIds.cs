namespace DaprMoE.Gateway;

/// <summary>The ids of all log events of the gateway. An id is never given to another event.</summary>
internal static class EventIds
{
    public const int Listening = 1;
    public const int ListeningRemotely = 2;
    public const int Draining = 3;
    public const int ModelReady = 10;
    public const int ModelOpeningCancelled = 11;
    public const int ModelOpeningFailed = 12;
    public const int PlanInForce = 13;
    public const int PlanRefusedByDevice = 14;
    public const int PlanUnreadable = 15;
    public const int NoPlans = 16;
    public const int LoadWindowLost = 17;
    public const int PredictorRefused = 18;
    public const int RequestRefused = 20;
    public const int RequestFailed = 21;
    public const int ClientLeft = 22;
    public const int GenerationStarted = 30;
    public const int GenerationSeed = 31;
    public const int GenerationEnded = 32;
}
