"""The past of markets: downloaded, taken in, looked over and given away."""
