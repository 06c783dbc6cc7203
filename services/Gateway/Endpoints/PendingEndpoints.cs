namespace DaprMoE.Gateway;

/// <summary>Endpoints that belong to the API and are not there yet: 501 by name, so that nobody takes them for a wrong address.</summary>
internal static class PendingEndpoints
{
    private static readonly string[] Names =
        ["/v1/embeddings", "/v1/files", "/v1/batches", "/openapi/v1.json"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (string name in Names)
        {
            RequestDelegate refuse = _ => throw ApiErrors.NotImplemented(name);
            endpoints.Map(name, refuse);
            endpoints.Map(name + "/{**rest}", refuse);
        }
    }
}
