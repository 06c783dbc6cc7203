using System.Net;
using Microsoft.AspNetCore.Http;

namespace DaprMoE.Gateway.Tests;

/// <summary>Who sits at this machine, which the API and the dashboard ask alike.</summary>
public sealed class AdminAccessTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:8080", true)]
    [InlineData("127.0.0.1", "localhost:8080", true)]
    [InlineData("::1", "[::1]:8080", true)]
    [InlineData("192.168.1.5", "192.168.1.2:8080", false)]
    [InlineData("192.168.1.5", "localhost:8080", false)]
    [InlineData("127.0.0.1", "rebound.example:8080", false)]
    public void Request_IsLocal_OverLoopbackByItsName(string address, string host, bool expected) =>
        Assert.Equal(expected, AdminAccess.IsLocal(Request(address, host)));

    [Theory]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Real-IP")]
    public void Request_PassedOnByAProxy_IsNotLocal(string header)
    {
        HttpContext context = Request("127.0.0.1", "localhost:8080");
        context.Request.Headers[header] = "203.0.113.7";
        Assert.False(AdminAccess.IsLocal(context));
    }

    [Fact]
    public void Request_OfAnUnknownAddress_IsNotLocal() => Assert.False(AdminAccess.IsLocal(Request(address: null, "localhost")));

    private static DefaultHttpContext Request(string? address, string host)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        return context;
    }
}
