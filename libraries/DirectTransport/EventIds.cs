namespace DaprMoE.DirectTransport;

/// <summary>Ids of this library's log events.</summary>
internal static class EventIds
{
    public const int BadAnswer = 2000;
    public const int CallNotDone = 2001;
    public const int HostJoined = 2002;
    public const int HostLost = 2003;
    public const int HostRefused = 2004;
    public const int HostUnreachable = 2005;
    public const int HostDrains = 2006;
    public const int BadCall = 2100;
    public const int ComputeFailed = 2101;
    public const int StreamOpened = 2102;
    public const int StreamClosed = 2103;
}
