using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>A request's body in memory. Disposing it gives the place back.</summary>
internal sealed class RequestBody(JsonDocument document, BodyReservation reservation) : IDisposable
{
    /// <summary>The object that it is; gone once this is disposed.</summary>
    public JsonElement Root => document.RootElement;

    public void Dispose()
    {
        document.Dispose();
        reservation.Dispose();
    }
}
