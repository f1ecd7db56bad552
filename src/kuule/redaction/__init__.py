"""Taking contacts out of what people write: links, addresses, handles, codes and names of sites, in any script."""
