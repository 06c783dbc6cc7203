namespace DaprMoE.ExpertHost;

/// <summary>The ids of all log events of an expert host. An id is never given to another event.</summary>
internal static class EventIds
{
    public const int Listening = 2200;
    public const int ListeningInsecurely = 2201;
    public const int ModelReady = 2210;
    public const int OpeningFailed = 2211;
    public const int LoadFailed = 2212;
    public const int DeviceFailed = 2213;
    public const int Draining = 2220;
    public const int DrainCut = 2221;
}
