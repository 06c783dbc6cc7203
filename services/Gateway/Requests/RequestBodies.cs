using System.Buffers;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>Reads bodies, all together no more bytes at a time than <see cref="GatewayOptions.BodiesLimit"/>.</summary>
internal sealed class RequestBodies(IOptions<GatewayOptions> options)
{
    private const int ChunkBytes = 32 << 10;

    private readonly BodyBudget _budget = new(options.Value.BodiesLimit);

    /// <summary>Reads and parses a body. Dispose it as soon as nothing refers to its texts any more.</summary>
    /// <exception cref="ApiException">It is not JSON, not an object, or there is no place for it now.</exception>
    public async Task<RequestBody> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw ApiErrors.UnsupportedMediaType(context.Request.ContentType);
        }

        BodyReservation reservation = new(_budget);
        try
        {
            ReadOnlyMemory<byte> body = await ReadAsync(context.Request.Body, reservation, cancellationToken);
            return new(RequestJson.Parse(body), reservation);
        }
        catch
        {
            reservation.Dispose();
            throw;
        }
    }

    // What has arrived counts and not the announced length, so that announcing much takes no place from others.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, BodyReservation reservation, CancellationToken cancellationToken)
    {
        MemoryStream read = new();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (await body.ReadAsync(chunk, cancellationToken) is > 0 and int count)
            {
                reservation.Add(count);
                read.Write(chunk, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }
}
