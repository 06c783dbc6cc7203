namespace DaprMoE.Sidecar.Tests;

/// <summary>Events as a sidecar delivers them.</summary>
internal static class CloudEvents
{
    public static string Of(string data) => $$"""
        {"id":"1","specversion":"1.0","source":"gateway","type":"com.dapr.event.sent","datacontenttype":"application/json","topic":"t",
         "pubsubname":"pubsub","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","data":{{data}}}
        """;
}
