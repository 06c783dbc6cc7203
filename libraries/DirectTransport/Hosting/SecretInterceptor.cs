using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DaprMoE.DirectTransport;

/// <summary>Lets in who knows the shared secret. Health is everybody's: probes have no secrets.</summary>
internal sealed class SecretInterceptor(SharedSecret? secret) : Interceptor
{
    private const string HealthService = "/grpc.health.v1.Health/";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Check(ServerCallContext context)
    {
        bool isOpen = secret is null || context.Method.StartsWith(HealthService, StringComparison.Ordinal);
        if (!isOpen && !secret!.IsProvenBy(context.RequestHeaders.GetValue(SharedSecret.HeaderName)))
        {
            throw new RpcException(new Status(
                StatusCode.Unauthenticated, "The shared secret is missing or wrong. Give the gateway the --secret-file of this host."));
        }
    }
}
