using System.Net;
using Microsoft.AspNetCore.Http;

namespace DaprMoE.Dashboard.Tests;

public sealed class LocalViewerTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:8080", null, true)]
    [InlineData("127.0.0.1", "localhost:8080", null, true)]
    [InlineData("::1", "[::1]:8080", null, true)]
    [InlineData("192.168.1.5", "192.168.1.2:8080", null, false)]
    [InlineData("192.168.1.5", "localhost:8080", null, false)]
    [InlineData("127.0.0.1", "rebound.example:8080", null, false)]
    [InlineData("127.0.0.1", "localhost:8080", "203.0.113.7", false)]
    public void Viewer_IsLocal_OverLoopbackByItsName_PastNoProxy(string address, string host, string? forwarded, bool expected)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        if (forwarded is not null)
        {
            context.Request.Headers["X-Forwarded-For"] = forwarded;
        }

        Assert.Equal(expected, LocalViewer.Is(context));
    }

    [Fact]
    public void Viewer_OfAnUnknownAddress_IsNotLocal()
    {
        DefaultHttpContext context = new();
        context.Request.Host = new HostString("localhost");

        Assert.False(LocalViewer.Is(context));
    }
}
