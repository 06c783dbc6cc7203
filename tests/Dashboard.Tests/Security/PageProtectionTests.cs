using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace DaprMoE.Dashboard.Tests;

public sealed class PageProtectionTests
{
    [Theory]
    [InlineData(null, 200)]
    [InlineData("http://localhost:8080", 200)]
    [InlineData("https://localhost:8080", 200)]
    [InlineData("http://localhost:9090", 403)]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    public async Task Connection_OfAnotherSitesPage_IsRefused(string? origin, int expected)
    {
        DefaultHttpContext context = new();
        context.Request.Host = new HostString("localhost:8080");
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        await Guarded(_ => Task.CompletedTask)(context);

        Assert.Equal(expected, context.Response.StatusCode);
    }

    [Fact]
    public async Task Page_AllowsNothingFromElsewhere()
    {
        DefaultHttpContext context = new();

        await Guarded(_ => Task.CompletedTask)(context);

        string policy = context.Response.Headers.ContentSecurityPolicy.ToString();
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    private static RequestDelegate Guarded(RequestDelegate inner)
    {
        RouteEndpointBuilder endpoint = new(inner, RoutePatternFactory.Parse("/"), order: 0);
        PageProtection.Guard(endpoint);
        return endpoint.RequestDelegate!;
    }
}
