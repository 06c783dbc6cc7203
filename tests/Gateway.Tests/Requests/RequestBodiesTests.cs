using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway.Tests;

public sealed class RequestBodiesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_BeyondTheLimitOfAll_IsRefusedUntilPlaceIsThere()
    {
        RequestBodies bodies = Limited(2048);
        // A writer that waits until every byte was read.
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        Task<RequestBody> first = bodies.ReadAsync(Context(pipe.Reader.AsStream()), Cancel);
        await pipe.Writer.WriteAsync(Body(1500).AsMemory(0, 1499), Cancel);

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => bodies.ReadAsync(Context(1000), Cancel));
        Assert.Equal((429, "bodies_full", 1), (error.Status, error.Code, error.RetryAfter));
        Assert.Contains("2048", error.Message, StringComparison.Ordinal);

        await pipe.Writer.WriteAsync("}"u8.ToArray(), Cancel);
        await pipe.Writer.CompleteAsync();
        using (RequestBody held = await first)
        {
            await Assert.ThrowsAsync<ApiException>(() => bodies.ReadAsync(Context(1000), Cancel));
        }

        using RequestBody second = await bodies.ReadAsync(Context(1000), Cancel);
        Assert.True(second.Root.TryGetProperty("a", out _));
    }

    [Fact]
    public async Task Read_BodyThatFails_GivesItsPlaceBack()
    {
        RequestBodies bodies = Limited(1024);
        for (int i = 0; i < 3; i++)
        {
            byte[] broken = new byte[1000];
            ApiException error = await Assert.ThrowsAsync<ApiException>(() => bodies.ReadAsync(Context(new MemoryStream(broken)), Cancel));
            Assert.Equal("invalid_json", error.Code);
        }

        using RequestBody good = await bodies.ReadAsync(Context(1024), Cancel);
    }

    [Fact]
    public async Task Post_WhileAnswersRun_HasThePlaceOfTheirBodies()
    {
        await using GatewayApp app = await GatewayApp.StartAsync(options => (options.BodyLimit, options.BodiesLimit) = (1024, 1024));
        app.Engine.Answer = null;
        string body = $$"""{"prompt":"{{new string('a', 600)}}","stream":true}""";
        using HttpResponseMessage first = await app.PostAsync("/v1/completions", body);
        using HttpResponseMessage second = await app.PostAsync("/v1/completions", body);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
    }

    private static RequestBodies Limited(long bytes) => new(Options.Create(new GatewayOptions { BodiesLimit = bytes }));

    private static byte[] Body(int bytes) => Encoding.ASCII.GetBytes($$"""{"a":"{{new string('x', bytes - 8)}}"}""");

    private static DefaultHttpContext Context(int bytes) => Context(new MemoryStream(Body(bytes)));

    private static DefaultHttpContext Context(Stream body)
    {
        DefaultHttpContext context = new();
        (context.Request.ContentType, context.Request.Body) = ("application/json", body);
        return context;
    }
}
